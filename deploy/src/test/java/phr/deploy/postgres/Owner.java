package phr.deploy.postgres;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A process that owns a server until it is killed. */
final class Owner {

    private Owner() {}

    public static void main(String[] arguments) throws Exception {
        LocalPostgres postgres = LocalPostgres.start(Path.of(arguments[0]));
        LocalPostgresTest.execute(postgres, "create table if not exists kept (n int); insert into kept values (7)");
        System.out.println("started");
        System.out.flush();
        new CountDownLatch(1).await();
    }
}
