package phr.gateway.record;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import phr.consent.AccessRequest;
import phr.consent.Permit;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.keys.Aead;
import phr.gateway.keys.Secrets;

/**
 * Where a page continues, as text for an address. Encrypted, because it holds the date of a resource; authenticated together
 * with who asked for what, so that nobody else can use it and for nothing else (consent-semantics.md §14.2, Paging).
 */
@Singleton
public final class Cursor {

    private static final byte UNKNOWN = 0;
    private static final byte KNOWN = 1;

    private final Aead aead;

    @Inject
    public Cursor(Secrets secrets) {
        this.aead = new Aead(secrets.of("cursor"));
    }

    /**
     * @param query the search with its parameters in a fixed order, without the cursor
     */
    public String write(Permit permit, String query, Position position) {
        byte[] type = position.type().getBytes(StandardCharsets.UTF_8);
        Instant time = position.time();
        ByteBuffer plain = ByteBuffer.allocate(
                        Long.BYTES + 1 + Long.BYTES + Integer.BYTES + 2 * Long.BYTES + type.length)
                .putLong(permit.epoch())
                .put(time == null ? UNKNOWN : KNOWN)
                .putLong(time == null ? 0 : time.getEpochSecond())
                .putInt(time == null ? 0 : time.getNano())
                .putLong(position.id().getMostSignificantBits())
                .putLong(position.id().getLeastSignificantBits())
                .put(type);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(aead.encrypt(plain.array(), binding(permit, query)));
    }

    /**
     * @throws phr.fhir.failure.FailureException MALFORMED when the cursor was not made for this requester, purposes and query;
     *     CONFLICT when the person changed her consents since: start again
     */
    public Position read(Permit permit, String query, String cursor) {
        ByteBuffer plain = decode(cursor)
                .flatMap(bytes -> aead.decrypt(bytes, binding(permit, query)))
                .map(ByteBuffer::wrap)
                .orElseThrow(() -> Failure.of(
                                Category.MALFORMED, "PAGE-1", "the cursor does not belong to this search", "_cursor")
                        .exception());
        if (plain.getLong() != permit.epoch()) {
            throw Failure.of(
                            Category.CONFLICT,
                            "PAGE-2",
                            "consents have changed: start again without a cursor",
                            "_cursor")
                    .exception();
        }
        boolean known = plain.get() == KNOWN;
        Instant time = Instant.ofEpochSecond(plain.getLong(), plain.getInt());
        UUID id = new UUID(plain.getLong(), plain.getLong());
        String type = StandardCharsets.UTF_8.decode(plain).toString();
        return new Position(known ? time : null, type, id);
    }

    private static Optional<byte[]> decode(String cursor) {
        try {
            return Optional.of(Base64.getUrlDecoder().decode(cursor));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] binding(Permit permit, String query) {
        AccessRequest request = permit.request();
        List<String> parts = List.of(
                permit.subject().toString(),
                permit.action().code(),
                String.valueOf(request.capacity()),
                request.app() == null ? "" : request.app().id(),
                request.organisation() == null ? "" : request.organisation().id(),
                request.user() == null ? "" : request.user(),
                String.join(" ", new TreeSet<>(request.purposes())),
                query);
        StringBuilder binding = new StringBuilder();
        parts.forEach(part -> binding.append(part.length()).append(':').append(part));
        return binding.toString().getBytes(StandardCharsets.UTF_8);
    }
}
