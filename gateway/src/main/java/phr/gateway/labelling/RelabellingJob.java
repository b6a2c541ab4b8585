package phr.gateway.labelling;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.fhir.label.LabelTables;
import phr.gateway.record.LabelStore;

/**
 * Labels every record anew when the tables have changed since the last start (consent-semantics.md §6.1). Runs behind the start;
 * until a record is done its old labels hold. A run that was cut off goes on at the next start. Two nodes doing it at once do no
 * harm: it is done twice.
 */
@ApplicationScoped
class RelabellingJob {

    private static final Logger LOG = Logger.getLogger(RelabellingJob.class);
    private static final int PERSONS = 100;

    private final RelabellingRuns runs;
    private final LabelStore store;
    private final LabelTables tables;
    private volatile boolean stopping;

    RelabellingJob(RelabellingRuns runs, LabelStore store, LabelTables tables) {
        this.runs = runs;
        this.store = store;
        this.tables = tables;
    }

    void start(@Observes StartupEvent event) {
        Optional<RelabellingRuns.Run> due = runs.due(tables.version());
        due.ifPresent(run -> {
            Thread thread = new Thread(() -> guarded(run), "relabelling");
            thread.setDaemon(true);
            thread.start();
        });
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
    }

    private void guarded(RelabellingRuns.Run run) {
        try {
            relabel(run);
        } catch (RuntimeException e) {
            LOG.errorf(
                    "relabelling was cut off and goes on at the next start: %s",
                    e.getClass().getName());
        }
    }

    /** @return how many records were looked at */
    int relabel(RelabellingRuns.Run run) {
        int count = 0;
        PersonId last = run.after();
        List<PersonId> persons = next(last);
        while (!persons.isEmpty() && !stopping) {
            for (PersonId person : persons) {
                store.relabel(person, tables);
                runs.done(run, person);
                last = person;
                count++;
                if (stopping) {
                    return count;
                }
            }
            persons = next(last);
        }
        runs.finish(run);
        LOG.infof("label tables have changed: %d records were labelled anew", count);
        return count;
    }

    private List<PersonId> next(@Nullable PersonId after) {
        return store.persons(after, PERSONS);
    }
}
