package phr.fhir;

import java.util.UUID;

/** The gateway's own id of a person. Never handed out: organisations get a pairwise id instead. */
public record PersonId(UUID value) {

    /** @throws IllegalArgumentException when the text is no UUID */
    public static PersonId parse(String text) {
        return new PersonId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
