package phr.deploy.bench.usage;

/**
 * What a stretch of time cost.
 *
 * @param seconds that passed
 * @param server seconds of processor time of the server
 * @param database of PostgreSQL
 * @param client of the program that asks
 * @param machine of everything on the machine
 */
public record Expense(double seconds, double server, double database, double client, double machine) {

    public static final Expense NONE = new Expense(0, 0, 0, 0, 0);

    /** Processors that others kept busy, on average; above zero the times are worse than they need to be. */
    public double others() {
        return seconds == 0 ? 0 : Math.max(0, machine - server - database - client) / seconds;
    }

    public Expense plus(Expense more) {
        return new Expense(
                seconds + more.seconds,
                server + more.server,
                database + more.database,
                client + more.client,
                machine + more.machine);
    }
}
