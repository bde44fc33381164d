package io.gatewatch.capture.file;

/**
 * The longest frame that a capture may credibly hold. A record that claims more is damage, and
 * there is no way to find the next one behind it.
 */
final class FrameLimit {
    /** The largest snap length of libpcap and of what is written in its format. */
    static final int BYTES = 256 * 1024;

    /** USB and D-Bus messages are larger; they are read so that they can be counted as ignored. */
    static final int LARGE_BYTES = 128 * 1024 * 1024;

    private static final int USB_LINUX = 189;
    private static final int USB_LINUX_MMAPPED = 220;
    private static final int DBUS = 231;
    private static final int USBPCAP = 249;
    private static final int USB_DARWIN = 266;

    private FrameLimit() {}

    static int bytes(int linkType) {
        return switch (linkType) {
            case USB_LINUX, USB_LINUX_MMAPPED, DBUS, USBPCAP, USB_DARWIN -> LARGE_BYTES;
            default -> BYTES;
        };
    }
}
