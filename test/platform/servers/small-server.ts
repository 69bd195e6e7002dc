import { createServer } from 'node:http'

// What the supervisor's test keeps alive: answers its health page, and can be told to fall over.
createServer((request, response) => {
  if (request.url === '/fall') process.exit(1)
  response.end('well')
}).listen(Number(process.env.PORT), '127.0.0.1')
