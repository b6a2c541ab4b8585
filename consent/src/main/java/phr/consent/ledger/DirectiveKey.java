package phr.consent.ledger;

import java.io.Serial;
import java.io.Serializable;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Composite key of {@link DirectiveVersion} and {@link DirectiveEvent}: directive and version, or directive and sequence. */
class DirectiveKey implements Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    @Nullable
    UUID directiveId;

    int number;

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DirectiveKey key
                && number == key.number
                && Objects.equals(directiveId, key.directiveId);
    }

    @Override
    public int hashCode() {
        return Objects.hash(directiveId, number);
    }
}
