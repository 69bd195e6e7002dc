-- The registers are asked anew without sending the file back.
ALTER TYPE "Action" ADD VALUE 'ASK_REGISTERS' BEFORE 'GIVE_OPINION';
