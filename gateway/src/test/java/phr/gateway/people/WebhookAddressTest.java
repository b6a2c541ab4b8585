package phr.gateway.people;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.org/hook",
                "https://10.0.0.1/",
                "https://[::1]/",
                "https://127.0.0.1/",
                "https://localhost/",
                "https://user:pw@example.org/",
                "https://example.org/#part",
                "https://2130706433/",
                "https://0x7f000001/",
                "https://0177.0.0.1/",
                "https://intranet/",
                "ftp://example.org/",
                "file:///etc/passwd",
                "https:///",
                "not a url"
            })
    void what_could_lead_inside_is_refused_as_text(String url) {
        assertTrue(WebhookAddress.fault(url, false).isPresent());
    }

    @Test
    void a_public_name_is_fine_and_loopback_only_when_the_operator_says_so() {
        assertFalse(WebhookAddress.fault("https://hooks.example.org:8443/phr?x=1", false)
                .isPresent());
        assertFalse(WebhookAddress.fault("http://127.0.0.1:9/hook", true).isPresent());
        assertTrue(WebhookAddress.fault("http://10.0.0.1/hook", true).isPresent());
        assertTrue(WebhookAddress.fault("http://example.org/hook", true).isPresent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "127.0.0.1",
                "169.254.169.254",
                "172.16.0.1",
                "192.168.0.1",
                "192.0.0.1",
                "198.18.0.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "fe80::1",
                "fc00::1",
                "fd12::1",
                "ff02::1",
                "64:ff9b::a00:1",
                "2002:a00:1::",
                "2001:0:1::",
                "::ffff:10.0.0.1"
            })
    void an_address_inside_is_not_called_whatever_name_led_to_it(String address) throws UnknownHostException {
        assertFalse(WebhookAddress.mayBeCalled(InetAddress.getByName(address), false));
    }

    @Test
    void public_addresses_are_called() throws UnknownHostException {
        for (String address : new String[] {"8.8.8.8", "203.0.112.1", "2606:4700::1111", "2400::1"}) {
            assertTrue(WebhookAddress.mayBeCalled(InetAddress.getByName(address), false), address);
        }
        assertEquals(true, WebhookAddress.mayBeCalled(InetAddress.getByName("127.0.0.1"), true));
    }
}
