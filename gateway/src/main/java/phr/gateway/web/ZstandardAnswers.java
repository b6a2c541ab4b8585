package phr.gateway.web;

import io.netty.handler.codec.compression.StandardCompressionOptions;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;

/** Zstandard (RFC 8878) beside gzip and deflate, for those who ask for it: a record gets smaller in less time. */
@ApplicationScoped
class ZstandardAnswers implements HttpServerOptionsCustomizer {

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.addCompressor(StandardCompressionOptions.zstd());
    }
}
