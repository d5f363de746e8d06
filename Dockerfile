FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY build.mjs tsconfig.json ./
COPY src ./src
RUN npm run build \
 && npm prune --omit=dev \
 && npm pkg delete devDependencies \
 && npm sbom --sbom-format=cyclonedx > sbom.cdx.json \
 && find node_modules -mindepth 1 -maxdepth 1 ! -name @node-rs ! -name libsql ! -name @libsql ! -name @neon-rs ! -name detect-libc -exec rm -r {} +

# What Node.js and the native modules load, whatever the architecture, and the records by which scanners know these packages.
RUN mkdir -p /system/etc /system/var/lib/dpkg/status.d \
 && find /usr/local/bin/node node_modules -type f \( -name node -o -name '*.node' \) -exec ldd {} + \
  | sed -nE 's|^.*[[:space:]](/(usr/)?lib[^ ]*) \(0x.*$|\1|p' | sort -u | xargs cp -L --parents -t /system \
 && cp /usr/local/bin/node --parents -t /system \
 && cp /etc/nsswitch.conf /etc/os-release /system/etc/ \
 && for package in libc6 libgcc-s1 libstdc++6; do dpkg-query -s "$package" > "/system/var/lib/dpkg/status.d/$package" || exit 1; done

# The folder for --storage.path: a volume laid over it takes its rights on, and any user may write there.
RUN mkdir -m 1777 /system/var/lib/genesis-exporter

# Neither shell nor npm: nothing to run but the exporter.
FROM scratch
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="genesis-exporter" \
      org.opencontainers.image.description="Prometheus exporter for the processes of the Genesis low-code platform" \
      org.opencontainers.image.source="https://github.com/genesis-exporter/genesis-exporter" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
ENV PATH=/usr/local/bin \
    NODE_ENV=production \
    GENESIS_EXPORTER_REVISION=${REVISION}
WORKDIR /app
COPY --from=build /system /
COPY --from=build /app/package.json /app/sbom.cdx.json ./
COPY LICENSE ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
USER 65532:65532
EXPOSE 14569
HEALTHCHECK --interval=15s --timeout=3s --start-period=5s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:14569' + (process.env.GENESIS_EXPORTER_WEB_ROUTE_PREFIX || '').replace(/[/]+$/, '') + '/-/healthy').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/app/dist/main.js"]
