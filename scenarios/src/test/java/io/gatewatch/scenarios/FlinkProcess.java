package io.gatewatch.scenarios;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;

/**
 * Main of the processes of a {@link FlinkCluster}: runs a main of Flink's, and ends when the
 * process that started it is gone, for then standard input ends. Uses nothing but the JDK, for it
 * is on the cluster's class path.
 */
final class FlinkProcess {
    private FlinkProcess() {}

    public static void main(String[] args) throws ReflectiveOperationException {
        Thread watch = new Thread(FlinkProcess::endWithParent, "parent-watch");
        watch.setDaemon(true);
        watch.start();
        String[] rest = new String[args.length - 1];
        System.arraycopy(args, 1, rest, 0, rest.length);
        try {
            Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object) rest);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static void endWithParent() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is ever sent; only the end counts.
            }
        } catch (IOException e) {
            // A broken pipe is an end as well.
        }
        Runtime.getRuntime().halt(1);
    }
}
