package phr.deploy.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The source tree that this build belongs to.
 *
 * @param root directory that holds {@code deploy/keycloak/phr-realm.json}
 */
public record Checkout(Path root) {

    /** Found by the system property {@code phr.root}, else upwards from the working directory. */
    public static Checkout find() {
        Path start = Path.of(System.getProperty("phr.root", System.getProperty("user.dir")));
        for (Path place = start.toAbsolutePath().normalize(); place != null; place = place.getParent()) {
            Checkout checkout = new Checkout(place);
            if (Files.isRegularFile(checkout.realm())) {
                return checkout;
            }
        }
        throw new StartupException(
                "The source tree is not found above " + start + ".", "Run it inside a checkout, or set -Dphr.root=….");
    }

    public Path realm() {
        return root.resolve("deploy").resolve("keycloak").resolve("phr-realm.json");
    }

    /** Keycloak as its makers ship it, unpacked by the build. */
    public Path keycloak() {
        Path unpacked = root.resolve("deploy").resolve("target").resolve("keycloak");
        if (Files.isDirectory(unpacked)) {
            try (Stream<Path> homes = Files.list(unpacked)) {
                return homes.filter(
                                home -> Files.isRegularFile(home.resolve("bin").resolve("kc.sh")))
                        .max(Comparator.naturalOrder())
                        .orElseThrow(Checkout::notBuilt);
            } catch (IOException e) {
                throw new StartupException("Cannot read " + unpacked + ".", "Build again.", e);
            }
        }
        throw notBuilt();
    }

    /** The gateway, as the build packs it. */
    public Path gateway() {
        Path jar =
                root.resolve("gateway").resolve("target").resolve("quarkus-app").resolve("quarkus-run.jar");
        if (!Files.isRegularFile(jar)) {
            throw notBuilt();
        }
        return jar;
    }

    private static StartupException notBuilt() {
        return new StartupException("The product is not built yet.", "Run: mvn -DskipTests package");
    }
}
