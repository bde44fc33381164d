# One image for agent, job, database and topics: `docker build -t gatewatch .`, and one of Flink with the job for a
# cluster: `docker build --target flink -t gatewatch-flink .`; docker-compose.yml says how they fit.

FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /src
COPY . .
RUN mvn -q -B -ntp -Pdist -Dquick -Dmaven.test.skip=true package \
    && mkdir /gatewatch \
    && tar -xzf distribution/target/gatewatch-*.tar.gz -C /gatewatch --strip-components=1 \
    && rm -r /gatewatch/lib/demo*

# Flink as the project runs it: the jar is built for this version.
FROM flink:2.2-java17 AS flink
COPY --from=build /gatewatch/flink /opt/gatewatch
# A new volume takes its owner from here.
RUN mkdir /state && chown flink:flink /state
VOLUME /state

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
