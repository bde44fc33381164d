package io.gatewatch.capture.file;

import io.gatewatch.wire.CaptureInterface;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Several captures as one stream, merged by time; ties in the order given. Within one file the
 * file's order stands, even where its times go backward; a frame without a usable time comes at
 * once. The interface tables become one: those that the files describe at their start one behind
 * the other, then the others as they are met. An interface is never taken for that of another file.
 * Closes its readers. Not thread safe.
 *
 * <p>The readers stand in a binary heap, the one with the earliest frame on top, each with its next
 * frame already read. A frame that was handed out stands in its reader's buffer, so that reader
 * only goes on at the next call.
 */
public final class CaptureInput implements CaptureReader, Closeable {
    private static final int UNKNOWN = -1;

    private final List<CaptureReader> readers;
    private final CapturedFrame[] heads;

    /** Index in {@link #interfaces} for each reader and each of its interfaces. */
    private final int[][] interfaceIndexes;

    private final List<CaptureInterface> interfaces = new ArrayList<>();
    private final List<CaptureInterface> interfacesView = Collections.unmodifiableList(interfaces);

    /** Readers with a frame, a heap by time and number. */
    private final int[] heap;

    private int heapSize;

    /** The frame of the reader on top was handed out. */
    private boolean topTaken;

    /** Reads the first frame of each. If that fails the readers are closed. */
    public CaptureInput(List<CaptureReader> readers) throws IOException {
        this.readers = List.copyOf(readers);
        int count = readers.size();
        heads = new CapturedFrame[count];
        interfaceIndexes = new int[count][];
        heap = new int[count];
        try {
            begin();
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private void begin() throws IOException {
        for (int i = 0; i < heads.length; i++) {
            heads[i] = new CapturedFrame();
            interfaceIndexes[i] = new int[0];
            boolean any = readers.get(i).next(heads[i]);
            for (int k = 0; k < readers.get(i).interfaces().size(); k++) {
                indexOf(i, k);
            }
            if (any) {
                heap[heapSize] = i;
                siftUp(heapSize++);
            }
        }
    }

    @Override
    public boolean next(CapturedFrame frame) throws IOException {
        advance();
        if (heapSize == 0) {
            return false;
        }
        CapturedFrame head = heads[heap[0]];
        frame.interfaceIndex = indexOf(heap[0], head.interfaceIndex);
        frame.timeNs = head.timeNs;
        frame.bytes = head.bytes;
        frame.offset = head.offset;
        frame.capturedLength = head.capturedLength;
        frame.originalLength = head.originalLength;
        topTaken = true;
        return true;
    }

    /** Lets the reader whose frame was handed out go on. */
    private void advance() throws IOException {
        if (!topTaken) {
            return;
        }
        topTaken = false;
        if (!readers.get(heap[0]).next(heads[heap[0]])) {
            heap[0] = heap[--heapSize];
        }
        siftDown();
    }

    @Override
    public boolean frameBuffered() throws IOException {
        return !topTaken || readers.get(heap[0]).frameBuffered();
    }

    private int indexOf(int reader, int interfaceIndex) {
        int[] indexes = interfaceIndexes[reader];
        if (interfaceIndex >= indexes.length) {
            indexes = Arrays.copyOf(indexes, interfaceIndex + 1);
            Arrays.fill(indexes, interfaceIndexes[reader].length, indexes.length, UNKNOWN);
            interfaceIndexes[reader] = indexes;
        }
        if (indexes[interfaceIndex] == UNKNOWN) {
            indexes[interfaceIndex] = interfaces.size();
            interfaces.add(readers.get(reader).interfaces().get(interfaceIndex));
        }
        return indexes[interfaceIndex];
    }

    private boolean before(int left, int right) {
        long leftTime = heads[left].timeNs;
        long rightTime = heads[right].timeNs;
        return leftTime < rightTime || (leftTime == rightTime && left < right);
    }

    private void siftUp(int from) {
        int moving = heap[from];
        int at = from;
        while (at > 0 && before(moving, heap[(at - 1) / 2])) {
            heap[at] = heap[(at - 1) / 2];
            at = (at - 1) / 2;
        }
        heap[at] = moving;
    }

    private void siftDown() {
        int moving = heap[0];
        int at = 0;
        for (int child = 1; child < heapSize; child = 2 * at + 1) {
            if (child + 1 < heapSize && before(heap[child + 1], heap[child])) {
                child++;
            }
            if (!before(heap[child], moving)) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = moving;
    }

    @Override
    public List<CaptureInterface> interfaces() {
        return interfacesView;
    }

    /** The first warning of any of the readers; each reader says its own. */
    @Override
    public String warning() {
        for (CaptureReader reader : readers) {
            if (reader.warning() != null) {
                return reader.warning();
            }
        }
        return null;
    }

    @Override
    public long bytesRead() {
        long sum = 0;
        for (CaptureReader reader : readers) {
            sum += reader.bytesRead();
        }
        return sum;
    }

    /** Of all inputs; unknown if that of any one is. */
    @Override
    public long size() {
        long sum = 0;
        for (CaptureReader reader : readers) {
            if (reader.size() == UNKNOWN_SIZE) {
                return UNKNOWN_SIZE;
            }
            sum += reader.size();
        }
        return sum;
    }

    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (CaptureReader reader : readers) {
            try {
                reader.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
