package phr.gateway.ingest.job.status;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.caller.Caller;
import phr.gateway.ingest.job.Job;
import phr.gateway.ingest.job.Jobs;

/**
 * Jobs as somebody watches them. A look a second, each decided anew; a stream lasts no longer than a verified token is remembered,
 * and the client, as server-sent events have it, comes again.
 */
@Singleton
class Watching {

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int LOOKS = 60;
    private static final int MOST = 200;

    private final Jobs jobs;
    private final AtomicInteger open = new AtomicInteger();

    Watching(Jobs jobs) {
        this.jobs = jobs;
    }

    /**
     * What is seen at one moment.
     *
     * @param changed since the look before
     * @param last nothing follows
     */
    record Look(Job.State state, byte[] json, boolean changed, boolean last) {}

    /** @throws phr.fhir.failure.FailureException BUSY when too many watch already */
    Multi<Look> watch(Caller caller, UUID id) {
        if (open.incrementAndGet() > MOST) {
            open.decrementAndGet();
            throw Failure.of(Category.BUSY, "UPL-5", "too many are watching jobs; ask for the job now and then")
                    .exception();
        }
        byte[][] before = {{}};
        int[] looks = {0};
        return Uni.createFrom()
                .item(() -> {
                    Look look = look(caller, id, before[0], ++looks[0] == LOOKS);
                    before[0] = look.json();
                    return look;
                })
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .repeat()
                .withDelay(PAUSE)
                .whilst(look -> !look.last())
                .onFailure()
                .recoverWithCompletion()
                .onTermination()
                .invoke(open::decrementAndGet);
    }

    @ActivateRequestContext
    Look look(Caller caller, UUID id, byte[] before, boolean end) {
        Jobs.Seen seen = jobs.seen(caller, id);
        byte[] json = JobJson.of(seen);
        boolean ended = seen.job().state().ended() && seen.job().purge() == null;
        return new Look(seen.job().state(), json, !Arrays.equals(before, json), ended || end);
    }
}
