package phr.gateway.record.postgres;

/** What was read before the person's lock was taken is not so any more: to be done again, from the beginning. */
final class Overtaken extends RuntimeException {

    private static final long serialVersionUID = 1;

    Overtaken() {
        super("the record has changed meanwhile");
    }
}
