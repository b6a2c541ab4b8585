package phr.deploy.demo;

import org.jspecify.annotations.Nullable;
import phr.deploy.keycloak.LocalKeycloak;

/**
 * Somebody who logs in (deploy/keycloak/README.md).
 *
 * @param secret of a confidential client
 */
record Visitor(String user, String client, @Nullable String secret, String... scopes) {

    static final Visitor HANAKO = new Visitor("hanako", "phr-citizen", null, "patient/*.cruds");
    static final Visitor DOCTOR = new Visitor("dr-sato", "sakura-viewer", "sakura-viewer-demo-secret", "user/*.rs");
    static final Visitor STRANGER = new Visitor("dr-suzuki", "midori-viewer", "midori-viewer-demo-secret", "user/*.rs");
    static final Visitor OPERATOR = new Visitor("operator", "phr-operator-console", null);

    /** Tokens live five minutes, a walk through the demo may last longer: a new one for each call. */
    String token(LocalKeycloak keycloak) {
        return keycloak.token(client, secret, user, password(), scopes);
    }

    String password() {
        return user + "-demo";
    }
}
