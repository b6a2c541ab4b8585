package phr.deploy.keycloak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import phr.deploy.machine.CacheDirectory;
import phr.deploy.machine.Command;
import phr.deploy.machine.StartupException;
import phr.fhir.Sha256;

/**
 * Keycloak made ready once per version and realm: a fresh one would spend half a minute on building itself, making its
 * schema and reading the realm, at every start.
 *
 * @param home the built program
 * @param database directory with a database that holds the realm; copied, never used in place
 */
record Distribution(Path home, Path database) {

    /** Part of the names in the cache; raise it when the steps below change. */
    private static final String RECIPE = "1";

    static final String DATABASE_FILE = "keycloak.mv.db";

    /** Small and quick to start rather than fast under load: one person looks at it. */
    static final Map<String, String> ENVIRONMENT = Map.of(
            "JAVA_HOME",
            System.getProperty("java.home"),
            "JAVA_OPTS",
            "-Xms64m -Xmx384m -XX:MetaspaceSize=96M -XX:MaxMetaspaceSize=256m -XX:+UseSerialGC"
                    + " -XX:TieredStopAtLevel=1 -XX:+ExitOnOutOfMemoryError -Dfile.encoding=UTF-8",
            "JAVA_OPTS_APPEND",
            "");

    static Distribution prepared(Path unpacked, Path realm, CacheDirectory cache) throws IOException {
        String version = unpacked.getFileName() + "-" + RECIPE;
        Path home = cache.entry(version, directory -> build(unpacked, directory));
        String key = Sha256.of(Files.readAllBytes(realm)).hex().substring(0, 16);
        Path database = cache.entry(version + "-realm-" + key, directory -> importRealm(home, realm, directory));
        return new Distribution(home, database);
    }

    Path program() {
        return program(home);
    }

    static String databaseUrl(Path directory) {
        String name = DATABASE_FILE.substring(0, DATABASE_FILE.indexOf('.'));
        return "jdbc:h2:file:" + directory.resolve(name) + ";NON_KEYWORDS=VALUE";
    }

    private static Path program(Path home) {
        return home.resolve("bin").resolve("kc.sh");
    }

    private static void build(Path unpacked, Path directory) throws IOException {
        copy(unpacked, directory);
        run(List.of(program(directory).toString(), "build", "--db=dev-file"), directory);
    }

    private static void importRealm(Path home, Path realm, Path directory) {
        run(
                List.of(
                        program(home).toString(),
                        "import",
                        "--optimized",
                        "--db-url=" + databaseUrl(directory),
                        "--file=" + realm),
                directory);
        if (!Files.isRegularFile(directory.resolve(DATABASE_FILE))) {
            throw new StartupException("Keycloak did not make its database.", "Delete the cache directory, try again.");
        }
    }

    private static void run(List<String> command, Path directory) {
        Command result = Command.run(command, directory, ENVIRONMENT);
        if (!result.succeeded()) {
            throw new StartupException(
                    "Keycloak cannot be made ready: kc.sh " + command.get(1) + " failed." + System.lineSeparator()
                            + result.output().strip(),
                    "Check that the JDK is 17 or newer and that the disk has 500 MB of room.");
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.skip(1).toList()) {
                Files.copy(
                        file,
                        to.resolve(from.relativize(file).toString()),
                        LinkOption.NOFOLLOW_LINKS,
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
