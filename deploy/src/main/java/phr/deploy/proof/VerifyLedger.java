package phr.deploy.proof;

import com.nimbusds.jose.jwk.JWKSet;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;

/**
 * {@code deploy/verify-ledger FILE JWKS}: whether an exported access log still is what the gateway wrote. Exit code 0 whole, 1
 * broken, 2 it cannot be told.
 */
public final class VerifyLedger {

    private static final String USAGE = """
            Usage: deploy/verify-ledger FILE JWKS
              FILE  saved answer of GET /audit/{person}?_format=ndjson
              JWKS  saved answer of GET /.well-known/jwks.json, kept from a time you trust
            Exit code: 0 whole, 1 broken (the first broken line is named), 2 it cannot be told""";

    private VerifyLedger() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        if (arguments.length != 2) {
            System.err.println(USAGE);
            return 2;
        }
        try (BufferedReader export = Files.newBufferedReader(Path.of(arguments[0]), StandardCharsets.UTF_8)) {
            JWKSet keys = JWKSet.parse(Files.readString(Path.of(arguments[1]), StandardCharsets.UTF_8));
            ExportedLog.Whole whole = ExportedLog.verify(export, keys);
            System.out.printf(
                    "Whole: %d entries, %d deliveries, signed at %s.%n",
                    whole.entries(), whole.deliveries(), whole.at());
            if (whole.withheld() > 0) {
                System.out.printf(
                        "%d of these lines are withheld from whoever exported: only their hashes are here.%n",
                        whole.withheld());
            }
            return 0;
        } catch (BrokenChainException e) {
            System.out.println("Broken at " + e.getMessage() + ".");
            return 1;
        } catch (IOException | ParseException e) {
            System.err.println("Cannot be read: the export or the keys.");
            return 2;
        }
    }
}
