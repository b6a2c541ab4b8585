package phr.gateway.record.postgres;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.fhir.normalise.SourceIdentity;
import phr.gateway.keys.DataKey;

/**
 * Values as the database compares them, for one batch or one query: rows and predicates blind alike. Remembers what it has
 * blinded, since codes and categories repeat. Not thread-safe.
 */
final class Blinding {

    private static final String IDENTITY = "source-identity";

    /** Kinds of values; the same text of two kinds gives two blinded values. */
    enum Kind {
        REFERENCE("ref"),
        DOCUMENT_TYPE("document-type"),
        SOURCE("source"),
        DEVICE("device"),
        CATEGORY("category"),
        CODE("code"),
        AUTHOR("author"),
        SENSITIVITY("sensitivity"),
        TOKEN("token");

        private final String domain;

        Kind(String domain) {
            this.domain = domain;
        }
    }

    private record Value(Kind kind, String text) {}

    private final DataKey key;
    private final Map<Value, Long> known = new HashMap<>();

    Blinding(DataKey key) {
        this.key = key;
    }

    long one(Kind kind, String text) {
        return known.computeIfAbsent(new Value(kind, text), value -> key.blind(kind.domain, text));
    }

    @Nullable
    Long optional(Kind kind, @Nullable String text) {
        return text == null ? null : (Long) one(kind, text);
    }

    long[] all(Kind kind, Collection<String> texts) {
        return texts.stream().mapToLong(text -> one(kind, text)).toArray();
    }

    /**
     * What is stored for a token so that each form of a search value finds it (FHIR R4 search §3.1.1.4.10).
     *
     * @param token {@code system|code}, or {@code |code} or {@code code} without a system
     */
    List<Long> tokenForms(String parameter, String token) {
        int bar = token.indexOf('|');
        String system = bar < 0 ? "" : token.substring(0, bar);
        String code = token.substring(bar + 1);
        long exact = exactToken(parameter, system, code);
        long anySystem = anySystem(parameter, code);
        return system.isEmpty() ? List.of(exact, anySystem) : List.of(exact, anySystem, anyCode(parameter, system));
    }

    /** A search value: {@code system|code}, {@code |code}, {@code system|} or {@code code}. */
    long soughtToken(String parameter, String alternative) {
        int bar = alternative.indexOf('|');
        if (bar < 0) {
            return anySystem(parameter, alternative);
        }
        String system = alternative.substring(0, bar);
        String code = alternative.substring(bar + 1);
        return code.isEmpty() ? anyCode(parameter, system) : exactToken(parameter, system, code);
    }

    private long exactToken(String parameter, String system, String code) {
        return one(Kind.TOKEN, parameter + '=' + system + '|' + code);
    }

    private long anySystem(String parameter, String code) {
        return one(Kind.TOKEN, parameter + '*' + code);
    }

    private long anyCode(String parameter, String system) {
        return one(Kind.TOKEN, parameter + '|' + system);
    }

    UUID identity(SourceIdentity source) {
        return key.blindIdentity(IDENTITY, source.namespace() + '\0' + source.id());
    }

    /** The beginning of identities of one namespace whose ids begin alike. */
    static byte[] identities(String namespace, String prefix) {
        return (IDENTITY + '\0' + namespace + '\0' + prefix).getBytes(StandardCharsets.UTF_8);
    }

    /** One of {@link #identities}: as if by {@link #identity(SourceIdentity)}. */
    UUID identity(byte[] beginning, String rest) {
        return key.blindIdentity(beginning, rest);
    }

    UUID original(String sha256) {
        return key.blindIdentity("original", sha256);
    }
}
