package phr.gateway.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phr.consent.AccessRequest;
import phr.consent.Action;
import phr.consent.Capacity;
import phr.consent.ClientApp;
import phr.consent.Party;
import phr.consent.Permit;
import phr.consent.StalePermitException;
import phr.gateway.audit.AccessEvent;
import phr.gateway.audit.AccessLog;
import phr.gateway.audit.Tally;
import phr.gateway.caller.Caller;

/** Writes what was permitted and denied into the access log. */
@ApplicationScoped
class Evidence {

    private final BiConsumer<AccessEvent, Tally> log;

    @Inject
    Evidence(AccessLog log) {
        this.log = log::append;
    }

    Evidence(Consumer<AccessEvent> log) {
        this.log = (event, tally) -> log.accept(event);
    }

    /** Runs the work and logs the permit, also when the work fails; a stale permit released nothing and is not logged. */
    <T> T after(Caller caller, String label, Permit permit, BiFunction<Permit, Tally, T> work) {
        Tally tally = new Tally();
        T result;
        try {
            result = work.apply(permit, tally);
        } catch (StalePermitException e) {
            throw e;
        } catch (RuntimeException e) {
            permitted(caller, label, permit, tally);
            throw e;
        }
        try {
            permitted(caller, label, permit, tally);
        } catch (RuntimeException e) {
            close(result, e);
            throw e;
        }
        return result;
    }

    /** Runs the work and logs the permit only when there is something to deliver. */
    <T> Optional<T> ofSomething(
            Caller caller, String label, Permit permit, BiFunction<Permit, Tally, Optional<T>> work) {
        Tally tally = new Tally();
        Optional<T> found = work.apply(permit, tally);
        if (found.isPresent()) {
            permitted(caller, label, permit, tally);
        }
        return found;
    }

    void denied(Caller caller, String label, AccessRequest request, String reason) {
        append(caller, label, request, AccessEvent.Outcome.DENY, reason, List.of(), new Tally());
    }

    private void permitted(Caller caller, String label, Permit permit, Tally tally) {
        append(
                caller,
                label,
                permit.request(),
                AccessEvent.Outcome.PERMIT,
                permit.basis().code(),
                permit.basis().directives(),
                tally);
    }

    private void append(
            Caller caller,
            String label,
            AccessRequest request,
            AccessEvent.Outcome outcome,
            String reason,
            List<String> directives,
            Tally tally) {
        Party organisation = request.organisation();
        Action action = Objects.requireNonNull(request.action());
        AccessEvent event = new AccessEvent(
                Objects.requireNonNull(request.subject()),
                organisation == null ? caller.organisation() : bare(organisation),
                caller.client(),
                user(caller, request),
                action.code(),
                label,
                request.purposes(),
                outcome,
                reason,
                named(request, directives),
                vendor(request),
                request.system());
        log.accept(event, tally);
    }

    /** What a proxy did names her authority. */
    private static List<String> named(AccessRequest request, List<String> directives) {
        return request.authority() == null
                ? directives
                : Stream.concat(Stream.of("Authority/" + request.authority()), directives.stream())
                        .toList();
    }

    /** The vendor of the application obtains the data too, unless it is ours or a processor (consent-semantics.md §3). */
    private static @Nullable String vendor(AccessRequest request) {
        ClientApp app = request.app();
        if (app == null || app.firstParty() || app.processor() || app.vendor() == null) {
            return null;
        }
        return bare(app.vendor());
    }

    private static @Nullable String user(Caller caller, AccessRequest request) {
        if (request.capacity() == Capacity.SELF) {
            return AccessEvent.SELF;
        }
        if (request.capacity() == Capacity.PROXY) {
            return AccessEvent.PROXY;
        }
        return caller.user() == null && !caller.system() ? caller.subject() : caller.user();
    }

    private static String bare(Party organisation) {
        return organisation.id().substring(organisation.id().indexOf('/') + 1);
    }

    private static void close(@Nullable Object result, RuntimeException cause) {
        if (result instanceof AutoCloseable open) {
            try {
                open.close();
            } catch (Exception e) {
                cause.addSuppressed(e);
            }
        }
    }
}
