package phr.deploy.machine;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** Asks once whether a server answers. */
final class Probe {

    private static final int MILLISECONDS = 5_000;

    private Probe() {}

    static boolean answers(URI address) {
        try {
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setConnectTimeout(MILLISECONDS);
            connection.setReadTimeout(MILLISECONDS);
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return false;
        }
    }
}
