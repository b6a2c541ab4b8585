package phr.deploy.demo;

import phr.deploy.keycloak.LocalKeycloak;

/** Where to go from here, while everything is up. */
final class Farewell {

    private final Installation installation;
    private final LocalKeycloak keycloak;
    private final Narrator narrator;

    Farewell(Installation installation, LocalKeycloak keycloak, Narrator narrator) {
        this.installation = installation;
        this.keycloak = keycloak;
        this.narrator = narrator;
    }

    void say() {
        narrator.heading("Everything is up. Ctrl-C stops it; the data stay in " + installation.directory());
        narrator.say("""

                  Provider A   %s/fhir/metadata
                  Provider B   %s/fhir/metadata
                  Log in at    %s/account   (hanako / hanako-demo, dr-sato / dr-sato-demo, operator / operator-demo)

                A token of Hanako, then her own observations:

                  TOKEN=$(curl -s %s/protocol/openid-connect/token -d grant_type=password -d client_id=phr-citizen \\
                    -d username=hanako -d password=hanako-demo --data-urlencode 'scope=patient/*.cruds' \\
                    | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
                  PERSON=$(curl -s -X POST %s/people -H "Authorization: Bearer $TOKEN" | sed 's/.*"id":"\\([^"]*\\)".*/\\1/')
                  curl "%s/fhir/Observation?patient=$PERSON&_count=5" -H "Authorization: Bearer $TOKEN" -H 'Purpose-Of-Use: PATRQT'

                  The uploaded files and the package: %s
                  Users and clients: deploy/keycloak/README.md""".formatted(
                        installation.a().origin(),
                        installation.b().origin(),
                        keycloak.issuer(),
                        keycloak.issuer(),
                        installation.a().origin(),
                        installation.a().origin(),
                        installation.directory().resolve("files")));
    }
}
