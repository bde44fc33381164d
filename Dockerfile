# One image for agent, job, database and topics: `docker build -t gatewatch .`; docker-compose.yml says how they fit.

FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /src
COPY . .
RUN mvn -q -B -ntp -Pdist -Dquick -Dmaven.test.skip=true package \
    && mkdir /gatewatch \
    && tar -xzf distribution/target/gatewatch-*.tar.gz -C /gatewatch --strip-components=1 \
    && rm -r /gatewatch/lib/demo*

FROM eclipse-temurin:17-jre
# libpcap: live capture.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpcap0.8 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --home-dir /var/lib/gatewatch --create-home gatewatch
COPY --from=build /gatewatch /opt/gatewatch
USER gatewatch
WORKDIR /var/lib/gatewatch
ENTRYPOINT ["/opt/gatewatch/bin/gatewatch"]
CMD ["--help"]
