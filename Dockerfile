# Build: the whole tool set, to generate the database client. Run: only what serves.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY prisma.config.ts ./
COPY prisma ./prisma
RUN chmod +x prisma/schema-engine.mjs \
  && PRISMA_SCHEMA_ENGINE_BINARY=/app/prisma/schema-engine.mjs node node_modules/prisma/build/index.js generate

FROM node:24-bookworm-slim AS run
# Temporal's native bridge checks certificates with the system's list, which the slim image lacks.
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates tini && rm -rf /var/lib/apt/lists/*
ENV NODE_ENV=production TZ=UTC
WORKDIR /app
COPY package.json package-lock.json ./
# Optional packages must come along: the programs of argon2 and swc are among them. Node itself is in the image already.
RUN npm ci --omit=dev --no-audit --no-fund && rm -rf node_modules/node-linux-* node_modules/.bin/node && npm cache clean --force
COPY . .
COPY --from=build /app/prisma/generated ./prisma/generated
RUN mkdir /books /seals && chown node:node /books /seals
USER node
ENTRYPOINT ["tini", "--"]
CMD ["node", "api/main.ts"]
