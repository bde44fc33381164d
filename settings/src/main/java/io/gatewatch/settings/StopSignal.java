package io.gatewatch.settings;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Turns the first SIGTERM or SIGINT into a request to end in good order: the command finishes what
 * it does and returns, and the process ends with its exit code ({@link ExitCode#INTERRUPTED} after
 * SIGINT). A second signal ends the process at once. The end of a parent that is watched ({@link
 * ParentWatch}) counts as SIGTERM.
 *
 * <p>Java has no documented way to handle a signal and to say with which code to exit; {@code
 * sun.misc.Signal} of module {@code jdk.unsupported} has, and is reached by reflection so that a
 * runtime without it still works: there a signal just ends the process.
 */
public final class StopSignal {
    private static final int NONE = 0;
    private static final int PARENT_GONE = 1;
    private static final int INTERRUPT = 2;
    private static final int TERMINATE = 15;
    private static final int SIGNAL_EXIT_BASE = 128;

    private static final AtomicInteger received = new AtomicInteger(NONE);
    private static volatile Runnable stop;

    private StopSignal() {}

    /**
     * Runs {@code stopRequest} at the first signal, on a thread of its own; it must return soon. To
     * be called by the process's one command, once there is something to be finished.
     */
    public static void onStop(Runnable stopRequest) {
        stop = stopRequest;
        handle("INT", INTERRUPT);
        handle("TERM", TERMINATE);
        if (received.get() != NONE) {
            stopRequest.run();
        }
    }

    /**
     * Until {@link #onStop} a signal ends the process at once, and as well as if it had been
     * finished: nothing has been begun. For commands that run until they are stopped.
     */
    @SuppressWarnings("SystemExitOutsideMain") // runs the shutdown hooks, whatever main waits for
    public static void exitUntilOnStop() {
        onStop(() -> System.exit(exitCode(ExitCode.OK)));
    }

    private static void handle(String name, int number) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy =
                    Proxy.newProxyInstance(
                            handler.getClassLoader(),
                            new Class<?>[] {handler},
                            (self, method, arguments) -> onSignal(self, method, arguments, number));
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException | RuntimeException e) {
            // Not to be had here (another runtime, or -Xrs): a signal ends the process as it would.
            return;
        }
    }

    private static Object onSignal(Object self, Method method, Object[] arguments, int number) {
        return switch (method.getName()) {
            case "handle" -> {
                raise(number);
                yield null;
            }
            case "equals" -> self == arguments[0];
            case "hashCode" -> System.identityHashCode(self);
            default -> "stop in good order";
        };
    }

    private static void raise(int number) {
        if (received.compareAndSet(NONE, number)) {
            stop.run();
        } else if (!received.compareAndSet(PARENT_GONE, number)) {
            // A parent that ends this process may close its input and send a signal: that is one.
            Runtime.getRuntime().halt(SIGNAL_EXIT_BASE + number);
        }
    }

    /**
     * As SIGTERM.
     *
     * @return false if nobody asked to be told
     */
    static boolean terminate() {
        if (stop == null) {
            return false;
        }
        if (received.compareAndSet(NONE, PARENT_GONE)) {
            stop.run();
        }
        return true;
    }

    /** The exit code of a command that returned {@code code}. */
    static int exitCode(int code) {
        return code == ExitCode.OK && received.get() == INTERRUPT ? ExitCode.INTERRUPTED : code;
    }
}
