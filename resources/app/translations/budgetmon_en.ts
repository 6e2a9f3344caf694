<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>Alerting</name>
    <message numerus="yes">
        <source>{count} more alert(s) in the list.</source>
        <translation>
            <numerusform>{count} more alert in the list.</numerusform>
            <numerusform>{count} more alerts in the list.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RunProgress</name>
    <message numerus="yes">
        <source>{count} line(s) of the report could not be read.</source>
        <translation>
            <numerusform>{count} line of the report could not be read.</numerusform>
            <numerusform>{count} lines of the report could not be read.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>units</name>
    <message numerus="yes">
        <source>{count} call(s)</source>
        <translation>
            <numerusform>{count} call</numerusform>
            <numerusform>{count} calls</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} entry(ies)</source>
        <translation>
            <numerusform>{count} entry</numerusform>
            <numerusform>{count} entries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} hit(s)</source>
        <translation>
            <numerusform>{count} hit</numerusform>
            <numerusform>{count} hits</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} live worker(s)</source>
        <translation>
            <numerusform>{count} live worker</numerusform>
            <numerusform>{count} live workers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} lookup(s)</source>
        <translation>
            <numerusform>{count} lookup</numerusform>
            <numerusform>{count} lookups</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} new call(s)</source>
        <translation>
            <numerusform>{count} new call</numerusform>
            <numerusform>{count} new calls</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} token(s)</source>
        <translation>
            <numerusform>{count} token</numerusform>
            <numerusform>{count} tokens</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} writer(s)</source>
        <translation>
            <numerusform>{count} writer</numerusform>
            <numerusform>{count} writers</numerusform>
        </translation>
    </message>
</context>
</TS>
