package phr.gateway.notices;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import phr.consent.directive.CanonicalJson;
import phr.portability.sign.DetachedJws;
import phr.portability.sign.ProviderKey;

/** A notice as HTTP request, signed with the key under {@code /.well-known/jwks.json}. */
@Singleton
class SignedPost {

    /** Detached JWS over the body; its {@code iat} is the time of this attempt. */
    static final String SIGNATURE = "Phr-Signature";

    static final String TYPE = "phr-notice+jws";

    private final ProviderKey key;
    private final Clock clock;
    private final NoticeBody body;
    private final DirectPost post;

    SignedPost(ProviderKey key, Clock clock, NoticeBody body, NoticesConfig config) {
        this.key = key;
        this.clock = clock;
        this.body = body;
        this.post = new DirectPost(config.timeout(), config.insecureLoopback());
    }

    /**
     * @return HTTP status
     * @throws IOException when nobody answers in time, or the address must not be called
     */
    int send(Notice notice, String webhook) throws IOException {
        byte[] json = CanonicalJson.text(body.of(notice)).getBytes(StandardCharsets.UTF_8);
        return post.send(URI.create(webhook), json, SIGNATURE, DetachedJws.sign(key, TYPE, clock.instant(), json));
    }
}
