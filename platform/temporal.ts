import { fileURLToPath } from 'node:url'
import { Client, Connection } from '@temporalio/client'
import type { DataConverter } from '@temporalio/common'
import { NativeConnection } from '@temporalio/worker'
import type { KeyRing } from './key-ring.ts'
import { createPayloadCodec } from './payload-codec.ts'

/** Where the engine is and how to read what it keeps. */
export type TemporalTarget = Readonly<{ address: string; namespace: string; payloadKeys: KeyRing }>

/** Shared by client and worker: both must seal and open alike. */
export function createDataConverter(payloadKeys: KeyRing): DataConverter {
  return {
    payloadCodecs: [createPayloadCodec(payloadKeys)],
    failureConverterPath: fileURLToPath(new URL('./failure-converter.ts', import.meta.url)),
  }
}

/** A client for the API and for sweeps; close it with `client.connection.close()`. */
export async function connectClient(target: TemporalTarget): Promise<Client> {
  const connection = await Connection.connect({ address: target.address })
  return new Client({ connection, namespace: target.namespace, dataConverter: createDataConverter(target.payloadKeys) })
}

/** What every `Worker.create` of the system starts from; the caller owns the connection. */
export async function connectWorker(target: TemporalTarget) {
  const connection = await NativeConnection.connect({ address: target.address })
  return { connection, namespace: target.namespace, dataConverter: createDataConverter(target.payloadKeys) }
}
