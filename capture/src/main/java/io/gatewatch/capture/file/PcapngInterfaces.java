package io.gatewatch.capture.file;

import io.gatewatch.wire.CaptureInterface;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;

/**
 * The interfaces of a pcapng: one table for the whole file, and for the current section the meaning
 * of its interface numbers. A section that describes an interface in the words of an earlier one
 * means the same: files that were put one behind the other do not grow the table. Not thread safe.
 */
final class PcapngInterfaces {
    /** No device has more; a file that claims so is damaged. */
    static final int MAX_INTERFACES = 4096;

    private final List<CaptureInterface> all = new ArrayList<>();
    private final List<CaptureInterface> view = Collections.unmodifiableList(all);
    private final List<SectionInterface> section = new ArrayList<>();

    /** Entries of {@link #all} that an interface of this section stands for. */
    private final BitSet usedBySection = new BitSet();

    /**
     * An interface as its section describes it.
     *
     * @param index in the table of the whole file
     * @param snapLength 0 for none
     * @param frameLimit longest credible frame
     */
    record SectionInterface(int index, TimeResolution time, int snapLength, int frameLimit) {}

    List<CaptureInterface> view() {
        return view;
    }

    void beginSection() {
        section.clear();
        usedBySection.clear();
    }

    /** Adds the section's next interface; false if there are too many. */
    boolean add(CaptureInterface described, TimeResolution time, int snapLength) {
        int index = indexOf(described);
        if (index == all.size()) {
            if (index == MAX_INTERFACES) {
                return false;
            }
            all.add(described);
        }
        usedBySection.set(index);
        section.add(
                new SectionInterface(
                        index, time, snapLength, FrameLimit.bytes(described.linkType())));
        return true;
    }

    /** The interface of a number in this section, null if it was not described. */
    SectionInterface get(int number) {
        return number >= 0 && number < section.size() ? section.get(number) : null;
    }

    /** The first of equal descriptions that this section has not used yet, else a new one. */
    private int indexOf(CaptureInterface described) {
        int index = 0;
        while (index < all.size()
                && (usedBySection.get(index) || !all.get(index).equals(described))) {
            index++;
        }
        return index;
    }
}
