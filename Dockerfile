# syntax=docker/dockerfile:1
# One image for server and worker: `docker run IMAGE` serves, `docker run IMAGE node dist/transcoder/main.js` encodes.
FROM node:24-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY tsconfig*.json ./
COPY media media
COPY server server
COPY transcoder transcoder
COPY player player
RUN npm run build && npm prune --omit=dev

FROM node:24-bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends ffmpeg util-linux tini \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin yuanbo \
 && install -d -o yuanbo -g yuanbo /data
WORKDIR /app
COPY --from=build --chown=root:root /build/node_modules node_modules
COPY --from=build --chown=root:root /build/dist dist
COPY --from=build --chown=root:root /build/package.json ./
COPY --chown=root:root transcoder/ffmpeg/font transcoder/ffmpeg/font
# The slate is made at the first start, from these pictures.
COPY --chown=root:root transcoder/ffmpeg/demo-films/assets transcoder/ffmpeg/demo-films/assets
ENV NODE_ENV=production DATA_DIR=/data HOST=0.0.0.0 PORT=8080
USER yuanbo
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD ["node", "-e", "fetch('http://127.0.0.1:'+(process.env.PORT||8080)+'/healthz').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]
ENTRYPOINT ["/usr/bin/tini", "--"]
CMD ["node", "dist/server/main.js", "serve"]
