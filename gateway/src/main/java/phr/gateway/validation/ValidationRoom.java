package phr.gateway.validation;

import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.parser.DataFormatException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import phr.fhir.conformance.ConformanceValidator;
import phr.fhir.conformance.Finding;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.FailureException;

/**
 * Where validations run: few at once at low priority, few waiting, each for a bounded time. The validator takes some hundred
 * MiB, so it is built when first asked for and shared.
 */
@Singleton
class ValidationRoom {

    private static final int AT_ONCE = 2;
    private static final int WAITING = 8;
    private static final String RULE = "validate";

    private final SuppliedPackages packages;
    private final Duration longest;
    private final ThreadPoolExecutor threads;
    private @Nullable ConformanceValidator validator;

    /** @param longest that a caller waits; the first one also waits for the profiles to be read */
    ValidationRoom(
            SuppliedPackages packages,
            @ConfigProperty(name = "phr.validation.longest", defaultValue = "60S") Duration longest) {
        this.packages = packages;
        this.longest = longest;
        this.threads = new ThreadPoolExecutor(
                AT_ONCE, AT_ONCE, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(WAITING), task -> {
                    Thread thread = new Thread(task, "full-validation");
                    thread.setDaemon(true);
                    thread.setPriority(Thread.MIN_PRIORITY);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    @PreDestroy
    void close() {
        threads.shutdownNow();
    }

    /**
     * @throws phr.fhir.failure.FailureException MALFORMED for a profile that no package holds and for what is no FHIR JSON; BUSY
     *     when others wait; UNAVAILABLE when it takes too long
     */
    List<Finding> findings(Submission submission) {
        return run(() -> {
            ConformanceValidator shared = validator();
            for (String profile : submission.profiles()) {
                if (!shared.knows(profile)) {
                    throw Failure.of(Category.MALFORMED, RULE, "no package here holds this profile", "profile")
                            .exception();
                }
            }
            return shared.findings(submission.resource(), submission.profiles());
        });
    }

    private synchronized ConformanceValidator validator() {
        ConformanceValidator shared = validator;
        if (shared == null) {
            shared = ConformanceValidator.ofGuideAnd(List.<IValidationSupport>copyOf(packages.all()));
            validator = shared;
        }
        return shared;
    }

    private <T> T run(Callable<T> task) {
        try {
            Future<T> running = threads.submit(task);
            return done(running);
        } catch (RejectedExecutionException e) {
            throw Failure.of(Category.BUSY, RULE, "other validations are running; try again")
                    .exception();
        }
    }

    private <T> T done(Future<T> running) {
        try {
            return running.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            running.cancel(true);
            throw Failure.of(Category.UNAVAILABLE, RULE, "the validation takes too long; send less at once")
                    .exception();
        } catch (ExecutionException e) {
            throw refusal(e.getCause());
        } catch (InterruptedException e) {
            running.cancel(true);
            Thread.currentThread().interrupt();
            throw Failure.of(Category.UNAVAILABLE, RULE, "the validation was broken off")
                    .exception();
        }
    }

    /** Messages of the libraries quote the resource, so neither they nor their exceptions go any further. */
    private static RuntimeException refusal(@Nullable Throwable cause) {
        if (cause instanceof FailureException known) {
            return known;
        }
        return cause instanceof DataFormatException
                ? Failure.of(Category.MALFORMED, RULE, "the resource is no FHIR R4 JSON")
                        .exception()
                : Failure.of(Category.FAULT, RULE, "the validator failed").exception();
    }
}
