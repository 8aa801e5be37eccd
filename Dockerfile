# Echorack in a container: given a Java of just the modules that it uses, built, and rehearsed, so that it starts fast.

FROM docker.io/library/maven:3-eclipse-temurin-25 AS build
# What jdeps finds in the program and its libraries, less what they can do without: java.desktop, java.compiler, java.security.jgss, jdk.jfr, jdk.management.
RUN jlink --add-modules java.base,java.management,java.naming,java.sql,jdk.unsupported \
    --no-header-files --no-man-pages --compress zip-6 --output /opt/echorack/java
WORKDIR /build
COPY pom.xml LICENSE ./
COPY src/main src/main
COPY static static
COPY web web
RUN --mount=type=cache,target=/root/.m2 mvn -B -ntp package -Dmaven.test.skip=true
COPY src/launcher/java.options src/launcher/container/ /opt/echorack/
RUN cp -r target/echorack.jar target/lib /opt/echorack/

FROM docker.io/library/debian:13-slim
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin echorack \
    && install --directory --owner=echorack --group=echorack /data
COPY --from=build /opt/echorack /opt/echorack
# The cache of loaded classes is good for these very jars and this Java alone, and nothing says so when it isn't: nothing may change below.
RUN cd /opt/echorack && java/bin/java @java.options -XX:AOTCacheOutput=echorack.aot -jar /opt/echorack/echorack.jar --rehearse \
    && java/bin/java @java.options -XX:AOTMode=on -XX:AOTCache=echorack.aot -jar /opt/echorack/echorack.jar --version \
    && rm -rf /tmp/*
ENV ECHORACK_HOST=0.0.0.0 ECHORACK_PORT=7070 ECHORACK_DATA=/data
USER 10001:10001
VOLUME /data
EXPOSE 7070
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD ["/opt/echorack/healthy"]
ENTRYPOINT ["/opt/echorack/serve"]
