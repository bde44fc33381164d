package io.gatewatch.job.session;

import io.gatewatch.traffic.session.SessionSettings;

/** The default settings of the live job with another limit of sessions. */
final class LimitedSettings {
    private LimitedSettings() {}

    static SessionSettings of(int maxSessions) {
        SessionSettings d = SessionSettings.defaults();
        return new SessionSettings(
                d.tcpIdle(),
                d.tcpClosing(),
                d.tcpEmbryonic(),
                d.udpIdle(),
                d.icmpIdle(),
                d.otherIdle(),
                d.rstLinger(),
                d.finLinger(),
                d.halfClosedLinger(),
                d.firstUpdate(),
                d.updateInterval(),
                d.packetListLimit(),
                maxSessions,
                true,
                false);
    }
}
