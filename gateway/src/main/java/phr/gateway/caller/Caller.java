package phr.gateway.caller;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, as a verified token and the {@code Purpose-Of-Use} header say.
 *
 * @param client id of the client application ({@code azp})
 * @param issuer of the token
 * @param subject of the token; with the issuer it identifies an account
 * @param user name of the user; null for a system or when the token names nobody
 * @param organisation id of the organisation acted for; null for a citizen
 * @param roles realm roles
 * @param scopes granted scopes
 * @param purposes declared purposes of use, empty when the header is missing
 * @param system a client by itself, without a user ({@code client_credentials})
 * @param profile account claims
 */
public record Caller(
        String client,
        String issuer,
        String subject,
        @Nullable String user,
        @Nullable String organisation,
        Set<String> roles,
        Set<String> scopes,
        List<String> purposes,
        boolean system,
        Profile profile) {

    /** Account claims of a citizen: {@code name}, {@code name_kana}, {@code gender}, {@code birthdate}. */
    public record Profile(
            @Nullable String name,
            @Nullable String kana,
            @Nullable String gender,
            @Nullable String birthDate) {}

    public Caller {
        roles = Set.copyOf(roles);
        scopes = Set.copyOf(scopes);
        purposes = List.copyOf(purposes);
    }

    /** The same with the purposes of one request. */
    Caller stating(List<String> declared) {
        return new Caller(client, issuer, subject, user, organisation, roles, scopes, declared, system, profile);
    }

    /** As it is kept for decisions to come: account claims have no part in them. */
    public Caller nameless() {
        Profile nothing = new Profile(null, null, null, null);
        return new Caller(client, issuer, subject, user, organisation, roles, scopes, purposes, system, nothing);
    }
}
