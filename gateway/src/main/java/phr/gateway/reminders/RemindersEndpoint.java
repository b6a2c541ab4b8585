package phr.gateway.reminders;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.consent.reminder.Reminder;
import phr.consent.reminder.Reminders;
import phr.fhir.PersonId;
import phr.gateway.caller.CurrentCaller;
import phr.gateway.consents.pending.PendingReminders;
import phr.gateway.consents.renewal.LinkageReminders;
import phr.gateway.disaster.DisasterReminders;
import phr.gateway.emergency.GlassBreakers;
import phr.gateway.people.OwnAccount;

/** What the caller is told, newest first. */
@Path("/people/me/notices")
@Produces(MediaType.APPLICATION_JSON)
class RemindersEndpoint {

    private static final int MOST = 200;

    private final CurrentCaller current;
    private final OwnAccount own;
    private final Reminders reminders;
    private final DisasterReminders disasters;
    private final PendingReminders pending;
    private final LinkageReminders linkages;
    private final GlassBreakers glassBreakers;

    RemindersEndpoint(
            CurrentCaller current,
            OwnAccount own,
            Reminders reminders,
            DisasterReminders disasters,
            PendingReminders pending,
            LinkageReminders linkages,
            GlassBreakers glassBreakers) {
        this.current = current;
        this.own = own;
        this.reminders = reminders;
        this.disasters = disasters;
        this.pending = pending;
        this.linkages = linkages;
        this.glassBreakers = glassBreakers;
    }

    /**
     * @param person whom it concerns
     * @param about id of a directive, a waiting permit, an authority, an emergency session or a disaster mode
     * @param organisation that broke the glass, by name
     * @param dueAt when it happens or happened
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record NoticeView(
            String id,
            String kind,
            String person,
            @Nullable String about,
            @Nullable String organisation,
            @Nullable String dueAt,
            String at) {

        static NoticeView of(Reminders.Told told, Map<UUID, String> organisations) {
            Reminder reminder = told.reminder();
            return new NoticeView(
                    told.id().toString(),
                    reminder.kind().name(),
                    reminder.person().toString(),
                    reminder.about() == null ? null : reminder.about().toString(),
                    organisations.get(reminder.about()),
                    reminder.dueAt() == null ? null : reminder.dueAt().toString(),
                    told.at().toString());
        }
    }

    @GET
    public List<NoticeView> list() {
        PersonId person = own.require(current.get());
        disasters.tell(person);
        pending.tell(person);
        linkages.tell(person);
        List<Reminders.Told> told = reminders.of(person, MOST);
        Map<UUID, String> organisations = glassBreakers.names(told.stream()
                .map(each -> each.reminder().about())
                .filter(Objects::nonNull)
                .distinct()
                .toList());
        return told.stream().map(each -> NoticeView.of(each, organisations)).toList();
    }
}
