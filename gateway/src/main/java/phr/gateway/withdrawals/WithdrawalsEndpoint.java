package phr.gateway.withdrawals;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import phr.consent.Action;
import phr.consent.Capacity;
import phr.consent.Permit;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.access.Ask;
import phr.gateway.access.RecordAccess;
import phr.gateway.caller.Interaction;
import phr.gateway.record.RecordStore;
import phr.gateway.withdrawals.Withdrawal.State;

/** Deletion requests to the person herself: she looks, and lets the results go or keeps them (CDA-R9). */
@Path("/ingest/{person}/withdrawals")
@Produces(MediaType.APPLICATION_JSON)
class WithdrawalsEndpoint {

    private final RecordAccess access;
    private final RecordStore store;
    private final Reports reports;
    private final Answers answers;

    WithdrawalsEndpoint(RecordAccess access, RecordStore store, Reports reports, Answers answers) {
        this.access = access;
        this.store = store;
        this.reports = reports;
        this.answers = answers;
    }

    /** Every deletion request that came in, with the reports it is about. */
    @GET
    public List<Withdrawal> list(@PathParam("person") String person) {
        Ask ask = Ask.ofPatient(person, Action.READ, Interaction.READ, "list deletion requests");
        return access.perform(ask, this::withdrawals);
    }

    /**
     * The results of the reports are deleted, the originals and earlier versions are kept; the second time nothing changes.
     *
     * @throws phr.fhir.failure.FailureException NOT_FOUND, CONFLICT when she has kept them or nothing matches
     */
    @POST
    @Path("/{id}/$withdraw")
    @Consumes(MediaType.WILDCARD)
    public Withdrawal withdraw(@PathParam("person") String person, @PathParam("id") String id) {
        return access.perform(
                hers(person, "withdraw report"), permit -> store.together(() -> answered(permit, uuid(id), true)));
    }

    /** They stay. */
    @POST
    @Path("/{id}/$keep")
    @Consumes(MediaType.WILDCARD)
    public Withdrawal keep(@PathParam("person") String person, @PathParam("id") String id) {
        return access.perform(
                hers(person, "keep report"), permit -> store.together(() -> answered(permit, uuid(id), false)));
    }

    private Withdrawal answered(Permit permit, UUID id, boolean withdraw) {
        Withdrawal withdrawal = withdrawals(permit).stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(WithdrawalsEndpoint::unknown);
        State answer = withdraw ? State.WITHDRAWN : State.KEPT;
        if (withdrawal.state() == answer) {
            return withdrawal;
        } else if (withdrawal.state() != State.OPEN) {
            throw conflict("this deletion request has been answered");
        } else if (withdraw && withdrawal.reports().isEmpty()) {
            throw conflict("nothing in the record is what it asks to delete");
        }
        if (withdraw) {
            Set<String> made = new TreeSet<>();
            withdrawal.reports().forEach(report -> made.addAll(reports.madeOf(permit, report)));
            made.forEach(reference -> delete(permit, reference.split("/")));
        }
        answers.add(permit.subject(), id, withdraw);
        return new Withdrawal(id, withdrawal.category(), withdrawal.date(), answer, withdrawal.reports());
    }

    private void delete(Permit permit, String[] reference) {
        store.delete(permit, reference[0], UUID.fromString(reference[1]));
    }

    private List<Withdrawal> withdrawals(Permit permit) {
        requirePerson(permit, permit.action() == Action.CORRECT);
        List<Reports.Report> all = reports.of(permit);
        Map<UUID, State> answered = answers.of(permit.subject());
        return all.stream()
                .filter(report -> report.about().asksForDeletion())
                .map(request -> new Withdrawal(
                        request.id(),
                        request.about().category().code(),
                        request.about().date() == null
                                ? null
                                : request.about().date().toString(),
                        answered.getOrDefault(request.id(), State.OPEN),
                        all.stream()
                                .filter(report -> request.about().isAbout(report.about()))
                                .map(Reports.Report::id)
                                .toList()))
                .toList();
    }

    private static Ask hers(String person, String label) {
        return Ask.ofPatient(person, Action.CORRECT, Interaction.DELETE, label);
    }

    /** Her proxy looks; only she herself deletes from her record. */
    private static void requirePerson(Permit permit, boolean herself) {
        Capacity capacity = permit.request().capacity();
        if (capacity != Capacity.SELF && (herself || capacity != Capacity.PROXY)) {
            throw Failure.of(Category.FORBIDDEN, "CDA-R9", "only the person decides about deletion requests")
                    .exception();
        }
    }

    private static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw unknown();
        }
    }

    private static RuntimeException unknown() {
        return Failure.of(Category.NOT_FOUND, "not-found", "not found").exception();
    }

    private static RuntimeException conflict(String text) {
        return Failure.of(Category.CONFLICT, "CDA-R9", text).exception();
    }
}
