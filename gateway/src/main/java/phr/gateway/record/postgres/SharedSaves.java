package phr.gateway.record.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import phr.consent.Permit;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.FailureException;
import phr.gateway.database.GroupCommit;
import phr.gateway.record.Saved;
import phr.gateway.record.Stored;

/**
 * Batches that wait at the same time share a transaction (group commit). A person whose record somebody else is writing does not
 * keep the others waiting: hers is stored alone.
 */
final class SharedSaves {

    /** Batches of a transaction. */
    private static final int MOST = 32;

    private final Transactions transactions;
    private final Writing writing;
    private final List<GroupCommit<Saving<?>, Optional<Done<?>>>> lanes;

    /** Stores the batches of one caller; the person's lock is held. */
    interface Writing {
        <T> Done<T> write(Connection connection, Saving<T> saving) throws SQLException;
    }

    /**
     * Batches that their permit allows to write.
     *
     * @param rest what else the transaction does for this caller
     */
    record Saving<T>(Permit permit, List<Contribution> contributions, Function<Saved, T> rest) {

        PersonId person() {
            return permit.subject();
        }
    }

    /** @param told what became of the resources; for the caller only afterwards, as it may be tried twice */
    record Done<T>(T result, List<Stored> told) {}

    SharedSaves(Transactions transactions, Writing writing) {
        this.transactions = transactions;
        this.writing = writing;
        this.lanes = IntStream.range(0, Runtime.getRuntime().availableProcessors())
                .<GroupCommit<Saving<?>, Optional<Done<?>>>>mapToObj(
                        lane -> new GroupCommit<>(MOST, this::together, SharedSaves::away, SharedSaves::lost))
                .toList();
    }

    /** In the caller's transaction where there is one; else it returns when it is durable. Only single batches share. */
    @SuppressWarnings("unchecked") // a lane answers each with what its own rest returned
    <T> Done<T> save(Saving<T> saving) {
        if (transactions.active() || saving.contributions().size() != 1) {
            return alone(saving);
        }
        int lane = Math.floorMod(saving.person().hashCode(), lanes.size());
        return (Done<T>) lanes.get(lane).write(saving).orElseGet(() -> alone(saving));
    }

    private <T> Done<T> alone(Saving<T> saving) {
        return transactions.write(connection -> {
            PersonLock.take(connection, saving.person());
            return writing.write(connection, saving);
        });
    }

    /** Empty for those whose lock is not free. */
    private List<Optional<Done<?>>> together(List<Saving<?>> group) {
        return transactions.write(connection -> {
            Set<PersonId> persons = group.stream().map(Saving::person).collect(Collectors.toSet());
            Set<PersonId> free = PersonLock.tryTake(connection, persons);
            List<Optional<Done<?>>> all = new ArrayList<>();
            for (Saving<?> saving : group) {
                all.add(
                        free.contains(saving.person())
                                ? Optional.of(writing.write(connection, saving))
                                : Optional.empty());
            }
            return all;
        });
    }

    /** As when no connection is free: each would wait as long as the first. */
    private static boolean away(RuntimeException failure) {
        return failure instanceof FailureException known && known.failure().category() == Category.UNAVAILABLE;
    }

    private static RuntimeException lost() {
        return Failure.of(Category.UNAVAILABLE, "STO-8", "it is not known whether the batch was stored")
                .exception();
    }
}
