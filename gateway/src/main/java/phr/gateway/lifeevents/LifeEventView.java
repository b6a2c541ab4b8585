package phr.gateway.lifeevents;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phr.consent.lifeevent.RecordedLifeEvent;

/** A life event; a reporter learns no more than the id and what she reported. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LifeEventView(
        String id,
        String type,
        String effectiveAt,
        String reportedAt,
        @Nullable String authority,
        @Nullable Boolean verified,
        @Nullable List<Acted> acts) {

    record Acted(String type, String at) {}

    static LifeEventView of(RecordedLifeEvent event) {
        return new LifeEventView(
                event.id().toString(),
                event.type().name(),
                event.effectiveAt().toString(),
                event.reportedAt().toString(),
                event.authority() == null ? null : event.authority().toString(),
                event.verified(),
                event.acts().stream()
                        .map(act -> new Acted(act.type().name(), act.at().toString()))
                        .toList());
    }

    static LifeEventView received(RecordedLifeEvent event) {
        return new LifeEventView(
                event.id().toString(),
                event.type().name(),
                event.effectiveAt().toString(),
                event.reportedAt().toString(),
                null,
                null,
                null);
    }
}
