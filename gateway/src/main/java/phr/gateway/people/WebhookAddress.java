package phr.gateway.people;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * Where an organisation may be called. The gateway stands inside the operator's network and must not be turned against it: public
 * addresses over HTTPS only; loopback only when the operator says so.
 */
public final class WebhookAddress {

    private static final int LONGEST = 500;

    private WebhookAddress() {}

    /**
     * What is wrong with the address as text, without asking the DNS.
     *
     * @param loopback whether plain HTTP to this machine is allowed
     */
    public static Optional<String> fault(String url, boolean loopback) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            return Optional.of("is no URL");
        }
        if (url.length() > LONGEST || uri.getHost() == null || uri.getUserInfo() != null || uri.getFragment() != null) {
            return Optional.of("must be an https URL of at most 500 characters without user and fragment");
        }
        boolean local = isLocal(uri.getHost());
        if (local && loopback && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
            return Optional.empty();
        }
        if (!"https".equals(uri.getScheme()) || local || isNumeric(uri.getHost())) {
            return Optional.of("must be https and name a public host");
        }
        return Optional.empty();
    }

    /** Whether a resolved address may be called. */
    public static boolean mayBeCalled(InetAddress address, boolean loopback) {
        if (address.isLoopbackAddress()) {
            return loopback;
        }
        if (address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        return address instanceof Inet4Address four ? isPublic(four.getAddress()) : isPublic((Inet6Address) address);
    }

    /** Without 0/8, shared 100.64/10, 192.0.0/24, documentation, benchmarks 198.18/15, and everything from 240. */
    private static boolean isPublic(byte[] bytes) {
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        int third = bytes[2] & 0xff;
        boolean special = first == 0
                || first == 100 && second >= 64 && second < 128
                || first == 192 && second == 0 && (third == 0 || third == 2)
                || first == 198 && (second == 18 || second == 19 || second == 51 && third == 100)
                || first == 203 && second == 0 && third == 113
                || first >= 240;
        return !special;
    }

    /** Only global unicast 2000::/3, without 6to4, Teredo and documentation, which may hide another address. */
    private static boolean isPublic(Inet6Address address) {
        byte[] bytes = address.getAddress();
        int head = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
        int next = (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
        boolean hiding = head == 0x2002 || head == 0x2001 && (next == 0 || next == 0xdb8);
        return head >>> 13 == 1 && !hiding;
    }

    private static boolean isLocal(String host) {
        return host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
    }

    /** Public recipients have names: numbers, also in their odd spellings, are refused. */
    private static boolean isNumeric(String host) {
        return host.startsWith("[") || host.matches("[0-9.]+|0[xX][0-9a-fA-F.xX]+") || !host.contains(".");
    }
}
