package phr.deploy.bench.usage;

/** Reads off what a server, its PostgreSQL and this program have used. */
public final class Meter {

    private final long server;
    private final long postgres;

    /**
     * @param server process id; 0 for none
     * @param postgres process id of the PostgreSQL postmaster
     */
    public Meter(long server, long postgres) {
        this.server = server;
        this.postgres = postgres;
    }

    /** A moment; {@link #since} tells what was used from then on. */
    public Expense now() {
        return new Expense(
                System.nanoTime() / 1e9,
                server == 0 ? 0 : Processes.seconds(server),
                Processes.secondsWithChildren(postgres),
                Processes.seconds(ProcessHandle.current().pid()),
                Processes.machine());
    }

    public Expense since(Expense start) {
        Expense end = now();
        return new Expense(
                end.seconds() - start.seconds(),
                end.server() - start.server(),
                end.database() - start.database(),
                end.client() - start.client(),
                end.machine() - start.machine());
    }

    /** Bytes; 0 where the system does not tell. */
    public long peakResident() {
        return Processes.peakResident(server);
    }
}
