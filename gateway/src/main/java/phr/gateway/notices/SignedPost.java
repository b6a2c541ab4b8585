package phr.gateway.notices;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import phr.consent.directive.CanonicalJson;
import phr.gateway.delivery.Outgoing;
import phr.gateway.delivery.SignedRequests;

/** A notice as signed HTTP request. */
@Singleton
class SignedPost {

    static final String TYPE = "phr-notice+jws";

    private final NoticeBody body;
    private final SignedRequests requests;

    SignedPost(NoticeBody body, SignedRequests requests) {
        this.body = body;
        this.requests = requests;
    }

    /**
     * @return HTTP status
     * @throws IOException when nobody answers in time, or the address must not be called
     */
    int send(Notice notice, String webhook) throws IOException {
        byte[] json = CanonicalJson.text(body.of(notice)).getBytes(StandardCharsets.UTF_8);
        return requests.send(new Outgoing("POST", URI.create(webhook), "application/json", json, Map.of()), TYPE);
    }
}
