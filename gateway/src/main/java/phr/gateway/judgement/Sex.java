package phr.gateway.judgement;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Patient;
import org.jspecify.annotations.Nullable;
import phr.consent.Permit;
import phr.fhir.Fhir;
import phr.gateway.audit.Tally;
import phr.gateway.record.Entry;
import phr.gateway.record.RecordStore;
import phr.gateway.record.Rendering;

/** {@code Patient.gender} as far as the caller may see it. Read when first asked for, and then counted as handed out. */
final class Sex {

    private final RecordStore store;
    private final Permit permit;
    private final Tally tally;
    private boolean read;
    private @Nullable AdministrativeGender gender;

    Sex(RecordStore store, Permit permit, Tally tally) {
        this.store = store;
        this.permit = permit;
        this.tally = tally;
    }

    /** Null when the record does not tell it to this caller. */
    @Nullable
    AdministrativeGender known() {
        if (!read) {
            read = true;
            store.read(permit, "Patient", permit.subject().value()).ifPresent(this::learn);
        }
        return gender;
    }

    private void learn(Entry entry) {
        Optional<byte[]> json = new Rendering().render(entry);
        if (json.isPresent()) {
            gender = Fhir.json()
                    .parseResource(Patient.class, new String(json.get(), StandardCharsets.UTF_8))
                    .getGender();
            tally.add(entry.type(), entry.id(), entry.version(), entry.categories(), entry.json());
        }
    }
}
