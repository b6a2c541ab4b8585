package phr.consent.evidence;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serial;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;
import phr.fhir.Sha256;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;

/** A row of {@code policy_text}: what people are shown before they decide; insert only. */
@Entity
@Immutable
@IdClass(PolicyText.Key.class)
@Table(name = "policy_text")
public class PolicyText extends PanacheEntityBase {

    @Id
    @Column(name = "id")
    public String id;

    @Id
    @Column(name = "version")
    public int version;

    @Id
    @Column(name = "language")
    public String language;

    @Column(name = "markdown")
    public String markdown;

    @Column(name = "sha256")
    public byte[] sha256;

    @Column(name = "valid_from")
    public Instant validFrom;

    /** Id, version, language. */
    static class Key implements Serializable {

        @Serial
        private static final long serialVersionUID = 1L;

        @Nullable
        String id;

        int version;

        @Nullable
        String language;

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key
                    && version == key.version
                    && Objects.equals(id, key.id)
                    && Objects.equals(language, key.language);
        }

        @Override
        public int hashCode() {
            return Objects.hash(id, version, language);
        }
    }

    /** The newest text of the language that is valid at the time. */
    public static Optional<PolicyText> current(String language, Instant at) {
        return PolicyText.<PolicyText>find(
                        "language = ?1 and validFrom <= ?2 order by validFrom desc, version desc", language, at)
                .page(0, 1)
                .firstResultOptional();
    }

    /** @throws phr.fhir.failure.FailureException INVALID when there is none (L-14) */
    public static PolicyText shown(String language, Instant at) {
        return current(language, at).orElseThrow(() -> Failure.of(
                        Category.INVALID, "L-14", "there is no policy text in this language", "/language")
                .exception());
    }

    /** Adds the next version of a text in one language; the caller holds a transaction. */
    public static PolicyText add(String id, String language, String markdown, Instant validFrom) {
        PolicyText last = PolicyText.<PolicyText>find("id = ?1 and language = ?2 order by version desc", id, language)
                .page(0, 1)
                .firstResult();
        PolicyText text = new PolicyText();
        text.id = id;
        text.version = last == null ? 1 : last.version + 1;
        text.language = language;
        text.markdown = markdown;
        text.sha256 = Sha256.of(markdown.getBytes(StandardCharsets.UTF_8)).bytes();
        text.validFrom = validFrom;
        text.persistAndFlush();
        return text;
    }
}
