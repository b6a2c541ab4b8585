package phr.consent.authority;

import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import phr.consent.lifecourse.AgeBands;
import phr.consent.lifecourse.Authority;
import phr.consent.lifecourse.Life;
import phr.consent.lifecourse.LifeStage;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.FailureException;

/** What must be true before an authority changes (consent-semantics.md §10.2, §11). */
final class Guards {

    private static final Set<Authority.Kind> BY_COURT =
            EnumSet.of(Authority.Kind.SEINEN_KOUKEN, Authority.Kind.HOSA, Authority.Kind.HOJO, Authority.Kind.COURT);

    private Guards() {}

    static void claim(Claim claim, Life life, Instant now) {
        if (claim.person().equals(claim.holder())) {
            throw invalid("nobody acts for herself", "/holder");
        }
        LifeStage stage = life.stage(now, AgeBands.JAPAN);
        if (claim.kind().guardian() && !stage.minor()) {
            throw invalid("a parent or guardian acts for a minor", "/kind");
        }
        boolean sleeps = claim.activation() == Authority.Activation.ON_CAPACITY_LOST;
        if (sleeps && claim.kind() != Authority.Kind.NAMED_PROXY && claim.kind() != Authority.Kind.NIN_I_KOUKEN) {
            throw invalid("only a proxy named beforehand waits for the loss of capacity", "/activation");
        }
    }

    static void accept(RecordedAuthority current, PersonId holder) {
        if (current.person().equals(holder)) {
            throw invalid("nobody acts for herself", "/code");
        }
        if (current.holder() != null || current.state() != Authority.State.REGISTERED) {
            throw conflict("somebody has accepted it, or it has ended");
        }
    }

    static void verify(RecordedAuthority current, Verification verification, Life life, Instant now) {
        requireState(current, Authority.State.REGISTERED);
        if (current.holder() == null) {
            throw conflict("nobody has accepted it yet");
        }
        LifeStage stage = life.stage(now, AgeBands.JAPAN);
        if (current.kind().guardian() && (life.birthDate() == null || !stage.minor())) {
            throw conflict("a parent or guardian acts for a minor whose birth date is known");
        }
        if (current.kind().guardian() && !life.birthDateVerified() && !verification.birthDateVerified()) {
            throw invalid("the evidence must verify the birth date too", "/birthDateVerified");
        }
        if (current.kind() == Authority.Kind.NIN_I_KOUKEN && verification.supervisorAppointedAt() == null) {
            throw invalid("a court must have appointed the supervisor", "/supervisorAppointedAt");
        }
        String court = verification.courtReference();
        if (BY_COURT.contains(current.kind()) && (court == null || court.isBlank())) {
            throw invalid("the decision of the court is required", "/courtReference");
        }
    }

    static void requireState(RecordedAuthority current, Authority.State... states) {
        if (!Arrays.asList(states).contains(current.state())) {
            throw conflict("its state does not allow this");
        }
    }

    private static FailureException invalid(String text, String pointer) {
        return Failure.of(Category.INVALID, "CS-3", text, pointer).exception();
    }

    private static FailureException conflict(String text) {
        return Failure.of(Category.CONFLICT, "CS-3", text).exception();
    }
}
