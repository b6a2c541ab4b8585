package phr.gateway.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import phr.consent.Permit;
import phr.fhir.PersonId;
import phr.fhir.Sha256;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.Normalised;
import phr.fhir.validate.Validated;
import phr.fhir.validate.Validator;
import phr.gateway.record.Entry;
import phr.gateway.record.Owners;
import phr.gateway.record.RecordStore;
import phr.gateway.record.Saved;
import phr.portability.RecordSink;
import phr.portability.TravellingDirective;

/** A person's record as the importer fills it: validate, then save under the permit. Lives in one transaction. */
final class RecordIn implements RecordSink {

    private final Permit permit;
    private final RecordStore store;
    private final Owners owners;
    private final Validator validator;
    private final ImportLog log;
    private final Arrivals arrivals;
    private final List<Issue> issues = new ArrayList<>();
    private Saved saved = Saved.NOTHING;

    /** Where directives of an earlier provider go. */
    interface Arrivals {
        void accept(TravellingDirective directive, Arrival arrival, String sourceNamespace);
    }

    RecordIn(Permit permit, RecordStore store, Owners owners, Validator validator, ImportLog log, Arrivals arrivals) {
        this.permit = permit;
        this.store = store;
        this.owners = owners;
        this.validator = validator;
        this.log = log;
        this.arrivals = arrivals;
    }

    @Override
    public Optional<Sha256> imported(UUID packageId) {
        return log.receipt(permit.subject(), packageId).map(ImportLog.Receipt::tagManifest);
    }

    @Override
    public Holding holding(String type, UUID id) {
        Optional<PersonId> holder = owners.owner(type, id);
        if (holder.isEmpty()) {
            return Holding.NONE;
        }
        if (!holder.get().equals(permit.subject())) {
            return Holding.OF_ANOTHER;
        }
        Optional<Entry> entry = store.read(permit, type, id);
        return new Holding(Owner.THIS_PERSON, entry.map(Entry::json));
    }

    @Override
    public void accept(Normalised batch) {
        Validated validated = validator.validate(batch);
        issues.addAll(validated.issues());
        saved = saved.plus(store.save(permit, validated));
    }

    @Override
    public void directive(TravellingDirective directive, Arrival arrival, String sourceNamespace) {
        arrivals.accept(directive, arrival, sourceNamespace);
    }

    @Override
    public void originNamespaces(Set<String> namespaces) {
        log.addNamespaces(permit.subject(), namespaces);
    }

    Saved saved() {
        return saved;
    }

    List<Issue> issues() {
        return issues;
    }
}
