package phr.consent.lifeevent;

/**
 * A life event was reported, verified or withdrawn. Fired as CDI event inside the transaction that records it, so that what follows
 * from it stands or falls with it.
 *
 * @param event as it stands now
 */
public record LifeEventChange(Kind kind, RecordedLifeEvent event) {

    public enum Kind {
        REPORTED,
        VERIFIED,
        WITHDRAWN
    }
}
