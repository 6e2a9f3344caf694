<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About budgetmon</source>
        <translation>Über budgetmon</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Copy diagnosis</source>
        <translation>Diagnose kopieren</translation>
    </message>
    <message>
        <source>One shared budget for every process that pays for API calls.</source>
        <translation>Ein gemeinsames Budget für alle Prozesse, die für API-Aufrufe bezahlen.</translation>
    </message>
    <message>
        <source>Qt is used under the LGPL. Charts by pyqtgraph.</source>
        <translation>Qt wird unter der LGPL genutzt. Diagramme von pyqtgraph.</translation>
    </message>
    <message>
        <source>Typeface: Inter, SIL Open Font License 1.1. budgetmon itself: MIT.</source>
        <translation>Schrift: Inter, SIL Open Font License 1.1. budgetmon selbst: MIT.</translation>
    </message>
    <message>
        <source>Versions and platform as text, for a report</source>
        <translation>Versionen und Plattform als Text für einen Bericht</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>&amp;About budgetmon</source>
        <translation>&amp;Über budgetmon</translation>
    </message>
    <message>
        <source>&amp;Commands...</source>
        <translation>&amp;Befehle...</translation>
    </message>
    <message>
        <source>&amp;Compact</source>
        <translation>&amp;Kompakt</translation>
    </message>
    <message>
        <source>&amp;Custom range...</source>
        <translation>&amp;Eigener Zeitraum...</translation>
    </message>
    <message>
        <source>&amp;Export...</source>
        <translation>&amp;Exportieren...</translation>
    </message>
    <message>
        <source>&amp;Filter the table</source>
        <translation>Die Tabelle &amp;filtern</translation>
    </message>
    <message>
        <source>&amp;Investigate</source>
        <translation>&amp;Untersuchen</translation>
    </message>
    <message>
        <source>&amp;Open...</source>
        <translation>Ö&amp;ffnen...</translation>
    </message>
    <message>
        <source>&amp;Preferences...</source>
        <translation>Einste&amp;llungen...</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Run tests...</source>
        <translation>&amp;Tests starten...</translation>
    </message>
    <message>
        <source>&amp;Shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>&amp;Watch</source>
        <translation>&amp;Beobachten</translation>
    </message>
    <message>
        <source>1 h</source>
        <translation>1 h</translation>
    </message>
    <message>
        <source>15 m</source>
        <translation>15 min</translation>
    </message>
    <message>
        <source>24 h</source>
        <translation>24 h</translation>
    </message>
    <message>
        <source>30 d</source>
        <translation>30 d</translation>
    </message>
    <message>
        <source>6 h</source>
        <translation>6 h</translation>
    </message>
    <message>
        <source>7 d</source>
        <translation>7 d</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Back to the range before</source>
        <translation>Zurück zum vorigen Zeitraum</translation>
    </message>
    <message>
        <source>Choose both ends of the range</source>
        <translation>Beide Enden des Zeitraums wählen</translation>
    </message>
    <message>
        <source>Close the window</source>
        <translation>Das Fenster schließen</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Export a snapshot of the ledger</source>
        <translation>Eine Momentaufnahme des Kontobuchs exportieren</translation>
    </message>
    <message>
        <source>Find a command by its letters</source>
        <translation>Einen Befehl an seinen Buchstaben finden</translation>
    </message>
    <message>
        <source>Follow the &amp;present</source>
        <translation>Der &amp;Gegenwart folgen</translation>
    </message>
    <message>
        <source>Forward to the next range</source>
        <translation>Vor zum nächsten Zeitraum</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Hoher Kontrast</translation>
    </message>
    <message>
        <source>Hold this picture still; collection goes on</source>
        <translation>Dieses Bild stillhalten; erfasst wird weiter</translation>
    </message>
    <message>
        <source>Layout: {name}</source>
        <translation>Anordnung: {name}</translation>
    </message>
    <message>
        <source>Ledger</source>
        <translation>Kontobuch</translation>
    </message>
    <message>
        <source>Let the charts end now again</source>
        <translation>Die Diagramme wieder bis jetzt zeigen</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Open another ledger</source>
        <translation>Ein anderes Kontobuch öffnen</translation>
    </message>
    <message>
        <source>Pa&amp;use view</source>
        <translation>Ansicht an&amp;halten</translation>
    </message>
    <message>
        <source>Panel: {name}</source>
        <translation>Bereich: {name}</translation>
    </message>
    <message>
        <source>Pause view</source>
        <translation>Ansicht anhalten</translation>
    </message>
    <message>
        <source>Put every part back where it was at first</source>
        <translation>Alle Teile dorthin zurücksetzen, wo sie anfangs waren</translation>
    </message>
    <message>
        <source>Range &amp;back</source>
        <translation>Zeitraum &amp;zurück</translation>
    </message>
    <message>
        <source>Range &amp;forward</source>
        <translation>Zeitraum &amp;vor</translation>
    </message>
    <message>
        <source>Range: {name}</source>
        <translation>Zeitraum: {name}</translation>
    </message>
    <message>
        <source>Re&amp;fresh</source>
        <translation>&amp;Neu laden</translation>
    </message>
    <message>
        <source>Read the whole picture again now</source>
        <translation>Das ganze Bild jetzt neu lesen</translation>
    </message>
    <message>
        <source>Reset la&amp;yout</source>
        <translation>Anordnung zu&amp;rücksetzen</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Resume view</source>
        <translation>Ansicht fortsetzen</translation>
    </message>
    <message>
        <source>Run the tests of a folder</source>
        <translation>Die Tests eines Ordners starten</translation>
    </message>
    <message>
        <source>Show &amp;all providers</source>
        <translation>A&amp;lle Anbieter zeigen</translation>
    </message>
    <message>
        <source>Show the burn-down of every budget again</source>
        <translation>Wieder den Verlauf aller Budgets zeigen</translation>
    </message>
    <message>
        <source>Show the window of the chosen budget</source>
        <translation>Das Budgetfenster des gewählten Budgets zeigen</translation>
    </message>
    <message>
        <source>Test &amp;runs</source>
        <translation>Test&amp;läufe</translation>
    </message>
    <message>
        <source>Theme, zone, refresh, notifications</source>
        <translation>Farben, Zeitzone, Takt, Benachrichtigungen</translation>
    </message>
    <message>
        <source>Theme: {name}</source>
        <translation>Farben: {name}</translation>
    </message>
    <message>
        <source>This &amp;window</source>
        <translation>Dieses Budget&amp;fenster</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Type what calls or refusals to show</source>
        <translation>Eingeben, welche Aufrufe oder Ablehnungen gezeigt werden</translation>
    </message>
    <message>
        <source>Versions and licences</source>
        <translation>Versionen und Lizenzen</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>What the keys do</source>
        <translation>Was die Tasten tun</translation>
    </message>
</context>
<context>
    <name>Alerting</name>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Show the window</source>
        <translation>Das Fenster zeigen</translation>
    </message>
    <message numerus="yes">
        <source>{count} more alert(s) in the list.</source>
        <translation>
            <numerusform>{count} weiterer Alarm in der Liste.</numerusform>
            <numerusform>{count} weitere Alarme in der Liste.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Alerts</name>
    <message>
        <source>Acknowledged</source>
        <translation>Quittiert</translation>
    </message>
    <message>
        <source>Alert</source>
        <translation>Alarm</translation>
    </message>
    <message>
        <source>Burning too fast</source>
        <translation>Zu schneller Verbrauch</translation>
    </message>
    <message>
        <source>Cache {subject} hits less often</source>
        <translation>Cache {subject} trifft seltener</translation>
    </message>
    <message>
        <source>Calls lately cost {amount} more than was set aside ({count}): raise the estimates.</source>
        <translation>Aufrufe kosteten zuletzt {amount} mehr als vorgemerkt ({count}): Schätzungen erhöhen.</translation>
    </message>
    <message>
        <source>Dead workers with money held</source>
        <translation>Tote Worker mit vorgemerktem Geld</translation>
    </message>
    <message>
        <source>Falling hit rates</source>
        <translation>Fallende Trefferquoten</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Lasted</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Log that grows</source>
        <translation>Wachsendes Protokoll</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Offen</translation>
    </message>
    <message>
        <source>Over</source>
        <translation>Vorbei</translation>
    </message>
    <message>
        <source>Overruns</source>
        <translation>Überschreitungen</translation>
    </message>
    <message>
        <source>Process {subject} died with money held</source>
        <translation>Prozess {subject} endete mit vorgemerktem Geld</translation>
    </message>
    <message>
        <source>Refusals</source>
        <translation>Ablehnungen</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Schwere</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>Snoozed until {when}</source>
        <translation>Zurückgestellt bis {when}</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>The ledger&apos;s log is not emptied</source>
        <translation>Das Protokoll des Kontobuchs wird nicht geleert</translation>
    </message>
    <message>
        <source>Thresholds</source>
        <translation>Schwellen</translation>
    </message>
    <message>
        <source>Unpriced calls</source>
        <translation>Aufrufe ohne Preis</translation>
    </message>
    <message>
        <source>Urgent</source>
        <translation>Dringend</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>{amount} of {limit} are spent, held or in doubt.</source>
        <translation>{amount} sind ausgegeben, vorgemerkt oder ungeklärt (Limit {limit}).</translation>
    </message>
    <message>
        <source>{amount} stay held until any worker makes its next call or the calls are resolved.</source>
        <translation>{amount} bleiben vorgemerkt, bis ein Worker seinen nächsten Aufruf macht oder die Aufrufe geklärt werden.</translation>
    </message>
    <message>
        <source>{burn} times the even pace; {amount} of {limit} are left, which does not last until the reset.</source>
        <translation>{burn}-mal das gleichmäßige Tempo; {amount} sind übrig (Limit {limit}), das reicht nicht bis zum Neubeginn.</translation>
    </message>
    <message>
        <source>{count} of {of_count} calls are in no sum of money: give the model a price.</source>
        <translation>{count} von {of_count} Aufrufen fehlen in jeder Geldsumme: dem Modell einen Preis geben.</translation>
    </message>
    <message>
        <source>{count} refused in the last 10 minutes; the newest asked for {amount_words}, {of} free.</source>
        <translation>{count} abgelehnt in den letzten 10 Minuten; zuletzt gefragt: {amount_words}, frei: {of}.</translation>
    </message>
    <message>
        <source>{now} of lookups lately, {before} before.</source>
        <translation>Zuletzt {now} der Abfragen, davor {before}.</translation>
    </message>
    <message>
        <source>{size}, where {usual} is usual: a reader or a stopped writer keeps it from being emptied.</source>
        <translation>{size}, wo {usual} üblich sind: Ein Leser oder ein angehaltener Schreiber verhindert das Leeren.</translation>
    </message>
    <message>
        <source>{subject} burns too fast</source>
        <translation>{subject} verbraucht zu schnell</translation>
    </message>
    <message>
        <source>{subject} costs more than its holds</source>
        <translation>{subject} kostet mehr als vorgemerkt</translation>
    </message>
    <message>
        <source>{subject} has no price</source>
        <translation>{subject} hat keinen Preis</translation>
    </message>
    <message>
        <source>{subject} is past {share}%</source>
        <translation>{subject} ist über {share}&#x202f;%</translation>
    </message>
    <message>
        <source>{subject} is used up</source>
        <translation>{subject} ist aufgebraucht</translation>
    </message>
    <message>
        <source>{subject} refuses calls</source>
        <translation>{subject} lehnt Aufrufe ab</translation>
    </message>
</context>
<context>
    <name>AlertsPanel</name>
    <message>
        <source>Acknowledge</source>
        <translation>Quittieren</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>Alarme</translation>
    </message>
    <message>
        <source>Be silent about it for a while</source>
        <translation>Eine Weile nicht mehr melden</translation>
    </message>
    <message>
        <source>Choose an alert to act on it.</source>
        <translation>Einen Alarm wählen, um ihn zu bearbeiten.</translation>
    </message>
    <message>
        <source>For 1 hour</source>
        <translation>Für 1 Stunde</translation>
    </message>
    <message>
        <source>I know: be silent about it until it happens again</source>
        <translation>Bekannt: erst wieder melden, wenn es erneut auftritt</translation>
    </message>
    <message>
        <source>Nothing to report</source>
        <translation>Nichts zu melden</translation>
    </message>
    <message>
        <source>Notify</source>
        <translation>Benachrichtigen</translation>
    </message>
    <message>
        <source>Show cause</source>
        <translation>Ursache zeigen</translation>
    </message>
    <message>
        <source>Show the stretch of time and the calls that caused it</source>
        <translation>Den Zeitraum und die Aufrufe zeigen, die dazu führten</translation>
    </message>
    <message>
        <source>Snooze</source>
        <translation>Zurückstellen</translation>
    </message>
    <message>
        <source>Thresholds, refusals and what else needs a look appear here.</source>
        <translation>Schwellen, Ablehnungen und was sonst Beachtung braucht, erscheinen hier.</translation>
    </message>
    <message>
        <source>Until the reset</source>
        <translation>Bis zum Neubeginn</translation>
    </message>
    <message>
        <source>Which kinds show a banner and a desktop notification</source>
        <translation>Welche Arten ein Banner und eine Desktop-Benachrichtigung zeigen</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Dismiss</source>
        <translation>Ausblenden</translation>
    </message>
    <message>
        <source>Dismiss this message</source>
        <translation>Diese Meldung ausblenden</translation>
    </message>
    <message>
        <source>Message {place} of {all}: show the next</source>
        <translation>Meldung {place} von {all}: die nächste zeigen</translation>
    </message>
    <message>
        <source>Next message</source>
        <translation>Nächste Meldung</translation>
    </message>
    <message>
        <source>{place} of {all}</source>
        <translation>{place} von {all}</translation>
    </message>
</context>
<context>
    <name>BurnDownChart</name>
    <message>
        <source>Budget shown in the burn-down</source>
        <translation>Budget, dessen Verlauf gezeigt wird</translation>
    </message>
    <message>
        <source>Budgets from the config appear here with their first window.</source>
        <translation>Budgets aus der Konfiguration erscheinen hier mit ihrem ersten Budgetfenster.</translation>
    </message>
    <message>
        <source>No budget to burn down</source>
        <translation>Kein Budget, das sich verbraucht</translation>
    </message>
    <message>
        <source>Show the recent stretch of the burn-down only</source>
        <translation>Nur das letzte Stück des Budgetverlaufs zeigen</translation>
    </message>
    <message>
        <source>Show the recent stretch only</source>
        <translation>Nur das letzte Stück zeigen</translation>
    </message>
</context>
<context>
    <name>BurnDownMenu</name>
    <message>
        <source>In calls</source>
        <translation>In Aufrufen</translation>
    </message>
    <message>
        <source>In money</source>
        <translation>In Geld</translation>
    </message>
    <message>
        <source>In the budget&apos;s own unit</source>
        <translation>In der Einheit des Budgets</translation>
    </message>
    <message>
        <source>In tokens</source>
        <translation>In Token</translation>
    </message>
    <message>
        <source>Show what is held, in doubt and unpriced</source>
        <translation>Vorgemerktes, Ungeklärtes und Aufrufe ohne Preis zeigen</translation>
    </message>
    <message>
        <source>Show what is spent, not what is left</source>
        <translation>Das Ausgegebene statt des Rests zeigen</translation>
    </message>
</context>
<context>
    <name>CacheRatesChart</name>
    <message>
        <source>Begins</source>
        <translation>Beginn</translation>
    </message>
    <message>
        <source>no lookups</source>
        <translation>keine Abfragen</translation>
    </message>
    <message>
        <source>{cache}, lookups</source>
        <translation>{cache}, Abfragen</translation>
    </message>
</context>
<context>
    <name>CacheTable</name>
    <message>
        <source>Cache</source>
        <translation>Cache</translation>
    </message>
    <message>
        <source>Entries now and at most, over all live processes</source>
        <translation>Einträge jetzt und höchstens, über alle lebenden Prozesse</translation>
    </message>
    <message>
        <source>Entries pushed out because the cache was full</source>
        <translation>Einträge, die weichen mussten, weil der Cache voll war</translation>
    </message>
    <message>
        <source>Entries that outlived their time</source>
        <translation>Einträge, deren Zeit abgelaufen war</translation>
    </message>
    <message>
        <source>Evicted</source>
        <translation>Verdrängt</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>Abgelaufen</translation>
    </message>
    <message>
        <source>Filled</source>
        <translation>Gefüllt</translation>
    </message>
    <message>
        <source>Hit rate</source>
        <translation>Trefferquote</translation>
    </message>
    <message>
        <source>Hits</source>
        <translation>Treffer</translation>
    </message>
    <message>
        <source>Lookups</source>
        <translation>Abfragen</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>Verloren</translation>
    </message>
    <message>
        <source>Misses</source>
        <translation>Fehlgriffe</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Gespart</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>What the hits would have cost as calls</source>
        <translation>Was die Treffer als Aufrufe gekostet hätten</translation>
    </message>
    <message>
        <source>What was paid again because a value had been evicted or had expired</source>
        <translation>Was erneut bezahlt wurde, weil ein Wert verdrängt oder abgelaufen war</translation>
    </message>
    <message>
        <source>Whether another size would serve better</source>
        <translation>Ob eine andere Größe besser wäre</translation>
    </message>
    <message>
        <source>{size} of {most}</source>
        <translation>{size} von {most}</translation>
    </message>
</context>
<context>
    <name>CachesPanel</name>
    <message>
        <source>A cache that is given a tracker appears here.</source>
        <translation>Ein Cache, der einen Tracker bekommt, erscheint hier.</translation>
    </message>
    <message>
        <source>Caches</source>
        <translation>Caches</translation>
    </message>
    <message>
        <source>No caches yet</source>
        <translation>Noch keine Caches</translation>
    </message>
    <message>
        <source>The chosen cache</source>
        <translation>Der gewählte Cache</translation>
    </message>
</context>
<context>
    <name>CallDetailsView</name>
    <message>
        <source>Call {number}, {state}</source>
        <translation>Aufruf {number}, {state}</translation>
    </message>
    <message>
        <source>Charge what was set aside for this call</source>
        <translation>Für diesen Aufruf berechnen, was vorgemerkt war</translation>
    </message>
    <message>
        <source>Charge...</source>
        <translation>Berechnen...</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close the details</source>
        <translation>Einzelheiten schließen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the details of this call</source>
        <translation>Die Einzelheiten dieses Aufrufs kopieren</translation>
    </message>
    <message>
        <source>Details of the call</source>
        <translation>Einzelheiten des Aufrufs</translation>
    </message>
    <message>
        <source>Release this call, as one that cost nothing</source>
        <translation>Diesen Aufruf freigeben, weil er nichts gekostet hat</translation>
    </message>
    <message>
        <source>Release...</source>
        <translation>Freigeben...</translation>
    </message>
</context>
<context>
    <name>Calls</name>
    <message>
        <source>Cached</source>
        <translation>Im Cache</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>Vorgemerkt</translation>
    </message>
    <message>
        <source>In</source>
        <translation>Ein</translation>
    </message>
    <message>
        <source>Input tokens that the provider had cached</source>
        <translation>Eingabe-Token, die der Anbieter im Cache hatte</translation>
    </message>
    <message>
        <source>Input tokens, without the cached ones</source>
        <translation>Eingabe-Token ohne die aus dem Cache</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>No price is known for this call</source>
        <translation>Für diesen Aufruf ist kein Preis bekannt</translation>
    </message>
    <message>
        <source>Not known yet; {amount} is set aside</source>
        <translation>Noch unbekannt; {amount} ist vorgemerkt</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>Output tokens</source>
        <translation>Ausgabe-Token</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>Anbieter</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>What was set aside before the call went out</source>
        <translation>Was vor dem Aufruf vorgemerkt wurde</translation>
    </message>
    <message>
        <source>Worker</source>
        <translation>Worker</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>gescheitert</translation>
    </message>
    <message>
        <source>held</source>
        <translation>vorgemerkt</translation>
    </message>
    <message>
        <source>in doubt</source>
        <translation>ungeklärt</translation>
    </message>
    <message>
        <source>overrun</source>
        <translation>überzogen</translation>
    </message>
    <message>
        <source>released</source>
        <translation>freigegeben</translation>
    </message>
    <message>
        <source>settled</source>
        <translation>abgerechnet</translation>
    </message>
    <message>
        <source>unpriced</source>
        <translation>ohne Preis</translation>
    </message>
    <message>
        <source>{exact}, {amount} above its hold</source>
        <translation>{exact}, {amount} über der Vormerkung</translation>
    </message>
</context>
<context>
    <name>CallsPanel</name>
    <message>
        <source>Calls</source>
        <translation>Aufrufe</translation>
    </message>
    <message>
        <source>No calls yet</source>
        <translation>Noch keine Aufrufe</translation>
    </message>
    <message>
        <source>Show details</source>
        <translation>Einzelheiten zeigen</translation>
    </message>
    <message>
        <source>The first call of any worker appears here.</source>
        <translation>Der erste Aufruf eines Workers erscheint hier.</translation>
    </message>
</context>
<context>
    <name>ChartFrame</name>
    <message>
        <source>Copy data</source>
        <translation>Daten kopieren</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>Bild kopieren</translation>
    </message>
    <message>
        <source>PNG image</source>
        <translation>PNG-Bild</translation>
    </message>
    <message>
        <source>SVG drawing</source>
        <translation>SVG-Zeichnung</translation>
    </message>
    <message>
        <source>Save picture</source>
        <translation>Bild speichern</translation>
    </message>
    <message>
        <source>Save picture...</source>
        <translation>Bild speichern...</translation>
    </message>
    <message>
        <source>Show as table</source>
        <translation>Als Tabelle zeigen</translation>
    </message>
    <message>
        <source>Table, copy, save</source>
        <translation>Tabelle, kopieren, speichern</translation>
    </message>
    <message>
        <source>{chart}, chart</source>
        <translation>{chart}, Diagramm</translation>
    </message>
    <message>
        <source>{chart}, legend</source>
        <translation>{chart}, Legende</translation>
    </message>
    <message>
        <source>{chart}: table, copy, save</source>
        <translation>{chart}: Tabelle, kopieren, speichern</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>Commands that match</source>
        <translation>Passende Befehle</translation>
    </message>
    <message>
        <source>Letters of a command</source>
        <translation>Buchstaben eines Befehls</translation>
    </message>
    <message>
        <source>What is to be done?</source>
        <translation>Was soll geschehen?</translation>
    </message>
</context>
<context>
    <name>ConsumptionChart</name>
    <message>
        <source>By what consumption is told apart</source>
        <translation>Wonach der Verbrauch aufgeteilt wird</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Aufrufe</translation>
    </message>
    <message>
        <source>Calls a minute</source>
        <translation>Aufrufe pro Minute</translation>
    </message>
    <message>
        <source>Calls with a tag, or made inside a run, appear here.</source>
        <translation>Aufrufe mit einem Tag oder aus einem Lauf erscheinen hier.</translation>
    </message>
    <message>
        <source>Choose a longer span to look further back.</source>
        <translation>Für einen Blick weiter zurück einen längeren Zeitraum wählen.</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>Cost an hour</source>
        <translation>Kosten pro Stunde</translation>
    </message>
    <message>
        <source>Failed, refused</source>
        <translation>Gescheitert, abgelehnt</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>Antwortzeit</translation>
    </message>
    <message>
        <source>Nothing by this in this span</source>
        <translation>Hiernach nichts in diesem Zeitraum</translation>
    </message>
    <message>
        <source>Nothing to show in this span</source>
        <translation>Nichts in diesem Zeitraum</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Wird gelesen</translation>
    </message>
    <message>
        <source>The figures come in a moment.</source>
        <translation>Die Zahlen kommen gleich.</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>What the consumption chart counts</source>
        <translation>Was das Verbrauchsdiagramm zählt</translation>
    </message>
    <message>
        <source>by model</source>
        <translation>nach Modell</translation>
    </message>
    <message>
        <source>by provider</source>
        <translation>nach Anbieter</translation>
    </message>
    <message>
        <source>by run</source>
        <translation>nach Lauf</translation>
    </message>
    <message>
        <source>by tag</source>
        <translation>nach Tag</translation>
    </message>
    <message>
        <source>per {stretch}</source>
        <translation>je {stretch}</translation>
    </message>
</context>
<context>
    <name>Dashboard</name>
    <message>
        <source>Alerts</source>
        <translation>Alarme</translation>
    </message>
    <message>
        <source>Burn-down</source>
        <translation>Budgetverlauf</translation>
    </message>
    <message>
        <source>Cache hit rate</source>
        <translation>Cache-Trefferquote</translation>
    </message>
    <message>
        <source>Caches</source>
        <translation>Caches</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Aufrufe</translation>
    </message>
    <message>
        <source>Consumption</source>
        <translation>Verbrauch</translation>
    </message>
    <message>
        <source>Each model that is called gets a row.</source>
        <translation>Jedes Modell, das aufgerufen wird, bekommt eine Zeile.</translation>
    </message>
    <message>
        <source>Each process that writes gets a row.</source>
        <translation>Jeder Prozess, der schreibt, bekommt eine Zeile.</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>No models yet</source>
        <translation>Noch keine Modelle</translation>
    </message>
    <message>
        <source>No workers yet</source>
        <translation>Noch keine Worker</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Überblick</translation>
    </message>
    <message>
        <source>Refusals</source>
        <translation>Ablehnungen</translation>
    </message>
    <message>
        <source>Refusals ({count})</source>
        <translation>Ablehnungen ({count})</translation>
    </message>
    <message>
        <source>Show its calls</source>
        <translation>Zugehörige Aufrufe zeigen</translation>
    </message>
    <message>
        <source>Test runs</source>
        <translation>Testläufe</translation>
    </message>
    <message>
        <source>Workers</source>
        <translation>Worker</translation>
    </message>
</context>
<context>
    <name>DockArea</name>
    <message>
        <source>Panels that share a place</source>
        <translation>Bereiche am selben Platz</translation>
    </message>
</context>
<context>
    <name>EmptyState</name>
    <message>
        <source>Or drop a ledger&apos;s file here.</source>
        <translation>Oder die Datei eines Kontobuchs hier ablegen.</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>&amp;Browse...</source>
        <translation>&amp;Durchsuchen...</translation>
    </message>
    <message>
        <source>&amp;Replace it</source>
        <translation>&amp;Ersetzen</translation>
    </message>
    <message>
        <source>&amp;Save to</source>
        <translation>&amp;Speichern unter</translation>
    </message>
    <message>
        <source>&amp;Use another name</source>
        <translation>&amp;Anderer Name</translation>
    </message>
    <message>
        <source>&amp;What</source>
        <translation>&amp;Was</translation>
    </message>
    <message>
        <source>All providers</source>
        <translation>Alle Anbieter</translation>
    </message>
    <message>
        <source>Counting...</source>
        <translation>Zählt...</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Export a snapshot of the ledger</source>
        <translation>Eine Momentaufnahme des Kontobuchs exportieren</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>Exportieren nach</translation>
    </message>
    <message>
        <source>Of &amp;whom</source>
        <translation>Von &amp;wem</translation>
    </message>
    <message>
        <source>Replace what is there</source>
        <translation>Ersetzen, was dort liegt</translation>
    </message>
    <message>
        <source>There is no folder {folder}.</source>
        <translation>Es gibt keinen Ordner {folder}.</translation>
    </message>
    <message>
        <source>Use another name</source>
        <translation>Anderer Name</translation>
    </message>
    <message>
        <source>Where to export to</source>
        <translation>Wohin exportiert wird</translation>
    </message>
    <message>
        <source>Which provider to export</source>
        <translation>Welcher Anbieter exportiert wird</translation>
    </message>
    <message>
        <source>Which stretch of time to export</source>
        <translation>Welcher Zeitraum exportiert wird</translation>
    </message>
    <message>
        <source>about {size}</source>
        <translation>etwa {size}</translation>
    </message>
    <message>
        <source>refusals: {count}</source>
        <translation>Ablehnungen: {count}</translation>
    </message>
    <message>
        <source>{name} is already there.</source>
        <translation>{name} gibt es dort schon.</translation>
    </message>
</context>
<context>
    <name>ExportProcess</name>
    <message>
        <source>budgetmon ended with exit code {code}.</source>
        <translation>budgetmon endete mit Code {code}.</translation>
    </message>
</context>
<context>
    <name>FilterLine</name>
    <message>
        <source>Clear the filter</source>
        <translation>Den Filter leeren</translation>
    </message>
    <message>
        <source>Tokens such as provider:x, cost&gt;0.10, -failed or since:10:00</source>
        <translation>Angaben wie provider:x, cost&gt;0.10, -failed oder since:10:00</translation>
    </message>
    <message>
        <source>What is wrong with the filter</source>
        <translation>Was am Filter nicht stimmt</translation>
    </message>
</context>
<context>
    <name>FirstSteps</name>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Copy five lines of code</source>
        <translation>Fünf Zeilen Code kopieren</translation>
    </message>
    <message>
        <source>Start a demo</source>
        <translation>Demo starten</translation>
    </message>
    <message>
        <source>The demo could not be started.</source>
        <translation>Die Demo konnte nicht gestartet werden.</translation>
    </message>
</context>
<context>
    <name>Health</name>
    <message>
        <source>Damaged</source>
        <translation>Beschädigt</translation>
    </message>
    <message>
        <source>Disk gone</source>
        <translation>Laufwerk fehlt</translation>
    </message>
    <message>
        <source>Foreign</source>
        <translation>Fremd</translation>
    </message>
    <message>
        <source>Late {time}</source>
        <translation>Verzögert {time}</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>Gesperrt</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>Fehlt</translation>
    </message>
    <message>
        <source>Needs recovery</source>
        <translation>Braucht Reparatur</translation>
    </message>
    <message>
        <source>Newer</source>
        <translation>Neuere Version</translation>
    </message>
    <message>
        <source>No folder</source>
        <translation>Kein Ordner</translation>
    </message>
    <message>
        <source>Not readable</source>
        <translation>Nicht lesbar</translation>
    </message>
    <message>
        <source>Opening</source>
        <translation>Wird geöffnet</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Replaced</source>
        <translation>Ersetzt</translation>
    </message>
    <message>
        <source>Slow</source>
        <translation>Langsam</translation>
    </message>
    <message>
        <source>Stale {time}</source>
        <translation>Veraltet {time}</translation>
    </message>
    <message>
        <source>Waiting for owner</source>
        <translation>Wartet auf Besitzer</translation>
    </message>
</context>
<context>
    <name>HealthChip</name>
    <message>
        <source>Ledger: {health}</source>
        <translation>Kontobuch: {health}</translation>
    </message>
</context>
<context>
    <name>HitCurveChart</name>
    <message>
        <source>A busy cache estimates what other sizes would hit, and shows it here.</source>
        <translation>Ein viel genutzter Cache schätzt, was andere Größen träfen, und zeigt es hier.</translation>
    </message>
    <message>
        <source>Entries</source>
        <translation>Einträge</translation>
    </message>
    <message>
        <source>Hit rate</source>
        <translation>Trefferquote</translation>
    </message>
    <message>
        <source>No curve yet</source>
        <translation>Noch keine Kurve</translation>
    </message>
    <message>
        <source>at best {rate}</source>
        <translation>bestenfalls {rate}</translation>
    </message>
    <message>
        <source>hit rate</source>
        <translation>Trefferquote</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>{size} would do</source>
        <translation>{size} reichen</translation>
    </message>
</context>
<context>
    <name>LedgerBar</name>
    <message>
        <source>Ledger {name}: open another one</source>
        <translation>Kontobuch {name}: ein anderes öffnen</translation>
    </message>
</context>
<context>
    <name>LedgerControl</name>
    <message>
        <source>Ledgers (*.db *.sqlite *.sqlite3);;All files (*)</source>
        <translation>Kontobücher (*.db *.sqlite *.sqlite3);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Open a ledger</source>
        <translation>Ein Kontobuch öffnen</translation>
    </message>
    <message>
        <source>Open re&amp;cent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
</context>
<context>
    <name>ListingPanel</name>
    <message>
        <source>Exclude {token}</source>
        <translation>{token} ausschließen</translation>
    </message>
    <message>
        <source>Filter by {token}</source>
        <translation>Nach {token} filtern</translation>
    </message>
    <message>
        <source>Filter of {table}</source>
        <translation>Filter von {table}</translation>
    </message>
    <message>
        <source>Filter: provider:x cost&gt;0.10 -failed since:10:00 (Ctrl+F)</source>
        <translation>Filter: provider:x cost&gt;0.10 -failed since:10:00 (Strg+F)</translation>
    </message>
    <message>
        <source>Nothing passes the filter</source>
        <translation>Nichts passt zum Filter</translation>
    </message>
    <message>
        <source>Rows: {rows}, all there are</source>
        <translation>Zeilen: {rows}, das sind alle</translation>
    </message>
    <message>
        <source>Rows: {rows}, down to the oldest</source>
        <translation>Zeilen: {rows}, bis zur ältesten</translation>
    </message>
    <message>
        <source>Rows: {rows}, searched back to {time}</source>
        <translation>Zeilen: {rows}, zurück gesucht bis {time}</translation>
    </message>
    <message>
        <source>Search further back</source>
        <translation>Weiter zurück suchen</translation>
    </message>
    <message>
        <source>Searching...</source>
        <translation>Sucht...</translation>
    </message>
    <message>
        <source>Show {number} new rows</source>
        <translation>{number} neue Zeilen zeigen</translation>
    </message>
    <message>
        <source>{number} new</source>
        <translation>{number} neu</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>No picture yet</source>
        <translation>Noch kein Bild</translation>
    </message>
    <message>
        <source>Open another ledger...</source>
        <translation>Anderes Kontobuch öffnen...</translation>
    </message>
    <message>
        <source>Opening the ledger</source>
        <translation>Das Kontobuch wird geöffnet</translation>
    </message>
    <message>
        <source>Run the tests of a folder</source>
        <translation>Die Tests eines Ordners starten</translation>
    </message>
    <message>
        <source>The first picture comes in a moment.</source>
        <translation>Das erste Bild kommt gleich.</translation>
    </message>
    <message>
        <source>The ledger could not be read; it is tried again every few seconds.</source>
        <translation>Das Kontobuch war nicht lesbar; alle paar Sekunden wird es wieder versucht.</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Layout</source>
        <translation>An&amp;ordnung</translation>
    </message>
    <message>
        <source>&amp;Panels</source>
        <translation>&amp;Bereiche</translation>
    </message>
    <message>
        <source>&amp;Range</source>
        <translation>&amp;Zeitraum</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Farben</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
</context>
<context>
    <name>Models</name>
    <message>
        <source>Calls</source>
        <translation>Aufrufe</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Gescheitert</translation>
    </message>
    <message>
        <source>How many of the calls have a known price</source>
        <translation>Wie viele der Aufrufe einen bekannten Preis haben</translation>
    </message>
    <message>
        <source>In</source>
        <translation>Ein</translation>
    </message>
    <message>
        <source>Input tokens</source>
        <translation>Eingabe-Token</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>No calls</source>
        <translation>Keine Aufrufe</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>Output tokens</source>
        <translation>Ausgabe-Token</translation>
    </message>
    <message>
        <source>Priced</source>
        <translation>Mit Preis</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>Anbieter</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>{priced} of {all}</source>
        <translation>{priced} von {all}</translation>
    </message>
    <message>
        <source>{share} of its calls failed</source>
        <translation>{share} seiner Aufrufe sind gescheitert</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Chart saved</source>
        <translation>Diagramm gespeichert</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>Pfad kopieren</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>Exported</source>
        <translation>Exportiert</translation>
    </message>
    <message>
        <source>Exporting</source>
        <translation>Export läuft</translation>
    </message>
    <message>
        <source>No details</source>
        <translation>Keine Einzelheiten</translation>
    </message>
    <message>
        <source>No new calls since. Collection goes on.</source>
        <translation>Seither keine neuen Aufrufe. Erfasst wird weiter.</translation>
    </message>
    <message>
        <source>Open another ledger...</source>
        <translation>Anderes Kontobuch öffnen...</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Show cause</source>
        <translation>Ursache zeigen</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Something went wrong in budgetmon</source>
        <translation>In budgetmon ist etwas schiefgegangen</translation>
    </message>
    <message>
        <source>The chart was not saved</source>
        <translation>Das Diagramm wurde nicht gespeichert</translation>
    </message>
    <message>
        <source>The export was not written</source>
        <translation>Der Export wurde nicht geschrieben</translation>
    </message>
    <message>
        <source>View paused</source>
        <translation>Ansicht angehalten</translation>
    </message>
    <message>
        <source>What you see is the last good picture.</source>
        <translation>Zu sehen ist das letzte gute Bild.</translation>
    </message>
    <message>
        <source>{calls} since. Collection goes on.</source>
        <translation>Seither {calls}. Erfasst wird weiter.</translation>
    </message>
    <message>
        <source>{done} of {total} rows</source>
        <translation>{done} von {total} Zeilen</translation>
    </message>
    <message>
        <source>{error}. The window goes on working; please report this.</source>
        <translation>{error}. Das Fenster arbeitet weiter; bitte melden.</translation>
    </message>
    <message>
        <source>{path} cannot be written; choose another place.</source>
        <translation>{path} lässt sich nicht schreiben; einen anderen Ort wählen.</translation>
    </message>
</context>
<context>
    <name>OrderControl</name>
    <message>
        <source>Call {call} is charged</source>
        <translation>Aufruf {call} ist berechnet</translation>
    </message>
    <message>
        <source>Call {call} is released</source>
        <translation>Aufruf {call} ist freigegeben</translation>
    </message>
    <message>
        <source>Call {call} was not resolved</source>
        <translation>Aufruf {call} wurde nicht geklärt</translation>
    </message>
    <message>
        <source>Charge call {call} with what was set aside for it?</source>
        <translation>Für Aufruf {call} berechnen, was vorgemerkt war?</translation>
    </message>
    <message>
        <source>Charge it</source>
        <translation>Berechnen</translation>
    </message>
    <message>
        <source>Every worker is refused from its next call on; calls under way end as they will.</source>
        <translation>Jeder Worker wird ab seinem nächsten Aufruf abgelehnt; laufende Aufrufe enden, wie sie enden.</translation>
    </message>
    <message>
        <source>Release call {call}, as one that cost nothing?</source>
        <translation>Aufruf {call} freigeben, weil er nichts gekostet hat?</translation>
    </message>
    <message>
        <source>Release it</source>
        <translation>Freigeben</translation>
    </message>
    <message>
        <source>This cannot be undone.</source>
        <translation>Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Workers may call it again.</source>
        <translation>Worker dürfen ihn wieder aufrufen.</translation>
    </message>
    <message>
        <source>{provider} goes on</source>
        <translation>{provider} läuft weiter</translation>
    </message>
    <message>
        <source>{provider} is paused</source>
        <translation>{provider} ist angehalten</translation>
    </message>
    <message>
        <source>{provider} was not paused</source>
        <translation>{provider} wurde nicht angehalten</translation>
    </message>
    <message>
        <source>{provider} was not resumed</source>
        <translation>{provider} wurde nicht fortgesetzt</translation>
    </message>
</context>
<context>
    <name>Orders</name>
    <message>
        <source>budgetmon ended with exit code {code}.</source>
        <translation>budgetmon endete mit Code {code}.</translation>
    </message>
</context>
<context>
    <name>PreferencesDialog</name>
    <message>
        <source>&amp;Currency</source>
        <translation>&amp;Währung</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Sprache</translation>
    </message>
    <message>
        <source>&amp;Numbers</source>
        <translation>Za&amp;hlen</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>&amp;Takt</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Farben</translation>
    </message>
    <message>
        <source>Desktop notifications</source>
        <translation>Desktop-Benachrichtigungen</translation>
    </message>
    <message>
        <source>For example: {money}, {calls}</source>
        <translation>Zum Beispiel: {money}, {calls}</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>The language changes at the next start.</source>
        <translation>Die Sprache wechselt beim nächsten Start.</translation>
    </message>
    <message>
        <source>This desktop has no tray to notify through.</source>
        <translation>Dieser Desktop hat keine Leiste für Benachrichtigungen.</translation>
    </message>
    <message>
        <source>Times &amp;in</source>
        <translation>&amp;Zeiten in</translation>
    </message>
    <message>
        <source>as the app&apos;s language</source>
        <translation>wie die Sprache der App</translation>
    </message>
    <message>
        <source>as the desktop</source>
        <translation>wie der Desktop</translation>
    </message>
    <message>
        <source>as the system</source>
        <translation>wie das System</translation>
    </message>
    <message>
        <source>every {count} s</source>
        <translation>alle {count}&#xa0;s</translation>
    </message>
    <message>
        <source>the ledger&apos;s ({zone})</source>
        <translation>der des Kontobuchs ({zone})</translation>
    </message>
    <message>
        <source>this computer&apos;s ({zone})</source>
        <translation>der dieses Computers ({zone})</translation>
    </message>
</context>
<context>
    <name>ProviderCards</name>
    <message>
        <source>No providers yet</source>
        <translation>Noch keine Anbieter</translation>
    </message>
    <message>
        <source>Providers and budgets</source>
        <translation>Anbieter und Budgets</translation>
    </message>
    <message>
        <source>They appear with the first call or the first budget in the config.</source>
        <translation>Sie erscheinen mit dem ersten Aufruf oder dem ersten Budget in der Konfiguration.</translation>
    </message>
</context>
<context>
    <name>Question</name>
    <message>
        <source>budgetmon ended with exit code {code}.</source>
        <translation>budgetmon endete mit Code {code}.</translation>
    </message>
</context>
<context>
    <name>RangeBar</name>
    <message>
        <source>Other ranges</source>
        <translation>Andere Zeiträume</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>Zeitraum</translation>
    </message>
    <message>
        <source>Span</source>
        <translation>Zeitspanne</translation>
    </message>
    <message>
        <source>The charts show what happened {range}</source>
        <translation>Die Diagramme zeigen, was {range} geschah</translation>
    </message>
</context>
<context>
    <name>RangeControl</name>
    <message>
        <source>since {time}</source>
        <translation>seit {time}</translation>
    </message>
</context>
<context>
    <name>RangeDialog</name>
    <message>
        <source>&amp;From</source>
        <translation>&amp;Von</translation>
    </message>
    <message>
        <source>&amp;To</source>
        <translation>&amp;Bis</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>The end has to be later than the start.</source>
        <translation>Das Ende muss nach dem Anfang liegen.</translation>
    </message>
    <message>
        <source>Time range</source>
        <translation>Zeitraum</translation>
    </message>
    <message>
        <source>Times in {zone}.</source>
        <translation>Zeiten in {zone}.</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Bis</translation>
    </message>
</context>
<context>
    <name>RecentMenu</name>
    <message>
        <source>No ledgers yet</source>
        <translation>Noch keine Kontobücher</translation>
    </message>
</context>
<context>
    <name>Refusals</name>
    <message>
        <source>Asked</source>
        <translation>Gefragt</translation>
    </message>
    <message>
        <source>Budget</source>
        <translation>Budget</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Frei</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>Anbieter</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>What the budget had left at that instant</source>
        <translation>Was im Budget in dem Moment übrig war</translation>
    </message>
    <message>
        <source>What the call wanted to set aside</source>
        <translation>Was der Aufruf vormerken wollte</translation>
    </message>
</context>
<context>
    <name>RefusalsPanel</name>
    <message>
        <source>A call that a budget turns away appears here with its receipt.</source>
        <translation>Ein Aufruf, den ein Budget abweist, erscheint hier mit seinem Beleg.</translation>
    </message>
    <message>
        <source>Filter: provider:x budget:daily -tag:test since:10:00 (Ctrl+F)</source>
        <translation>Filter: provider:x budget:daily -tag:test since:10:00 (Strg+F)</translation>
    </message>
    <message>
        <source>Nothing was refused</source>
        <translation>Nichts wurde abgelehnt</translation>
    </message>
    <message>
        <source>Refusals</source>
        <translation>Ablehnungen</translation>
    </message>
</context>
<context>
    <name>RunBar</name>
    <message>
        <source>All tests</source>
        <translation>Alle Tests</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Choose a folder whose tests to run</source>
        <translation>Den Ordner wählen, dessen Tests laufen sollen</translation>
    </message>
    <message>
        <source>Choose a profile of the config, or a folder, to run</source>
        <translation>Ein Profil der Konfiguration oder einen Ordner zum Starten wählen</translation>
    </message>
    <message>
        <source>Choose folder…</source>
        <translation>Ordner wählen…</translation>
    </message>
    <message>
        <source>Copy log</source>
        <translation>Protokoll kopieren</translation>
    </message>
    <message>
        <source>Copy the output of the run</source>
        <translation>Die Ausgabe des Laufs kopieren</translation>
    </message>
    <message>
        <source>End the run and everything that it started</source>
        <translation>Den Lauf und alles, was er gestartet hat, beenden</translation>
    </message>
    <message>
        <source>Failed first</source>
        <translation>Fehler zuerst</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Log</translation>
    </message>
    <message>
        <source>Log of the run</source>
        <translation>Protokoll des Laufs</translation>
    </message>
    <message>
        <source>No profiles: add them under &apos;runs&apos; in budget.yaml</source>
        <translation>Keine Profile: in budget.yaml unter &apos;runs&apos; eintragen</translation>
    </message>
    <message>
        <source>Open the report that the run has written</source>
        <translation>Den Bericht öffnen, den der Lauf geschrieben hat</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Rerun</source>
        <translation>Erneut</translation>
    </message>
    <message>
        <source>Rerun failed</source>
        <translation>Fehler erneut</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Run again</source>
        <translation>Noch einmal starten</translation>
    </message>
    <message>
        <source>Run all of it again</source>
        <translation>Alles noch einmal starten</translation>
    </message>
    <message>
        <source>Run only the tests that are selected</source>
        <translation>Nur die gewählten Tests starten</translation>
    </message>
    <message>
        <source>Run only what failed, crashed or had an error</source>
        <translation>Nur starten, was gescheitert, abgestürzt oder fehlerhaft war</translation>
    </message>
    <message>
        <source>Save log…</source>
        <translation>Protokoll speichern…</translation>
    </message>
    <message>
        <source>Save the whole output of the run</source>
        <translation>Die ganze Ausgabe des Laufs speichern</translation>
    </message>
    <message>
        <source>Selected tests</source>
        <translation>Gewählte Tests</translation>
    </message>
    <message>
        <source>Show failed tests before the others</source>
        <translation>Gescheiterte Tests vor den anderen zeigen</translation>
    </message>
    <message>
        <source>What is run</source>
        <translation>Was läuft</translation>
    </message>
</context>
<context>
    <name>RunComparison</name>
    <message>
        <source>. No test changed.</source>
        <translation>. Kein Test hat sich geändert.</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Davor</translation>
    </message>
    <message>
        <source>Beside {before}: {added} added, {gone} gone</source>
        <translation>Neben {before}: {added} neu, {gone} weg</translation>
    </message>
    <message>
        <source>Newly failing</source>
        <translation>Neu gescheitert</translation>
    </message>
    <message>
        <source>Newly passing</source>
        <translation>Neu bestanden</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>Slower</source>
        <translation>Langsamer</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Test</translation>
    </message>
    <message>
        <source>Tests that changed since the run before</source>
        <translation>Tests, die sich seit dem Lauf davor geändert haben</translation>
    </message>
    <message>
        <source>There is no earlier run of it to compare with.</source>
        <translation>Es gibt keinen früheren Lauf zum Vergleich.</translation>
    </message>
    <message>
        <source>When a run is over, this shows what changed since the one before.</source>
        <translation>Nach einem Lauf steht hier, was sich seit dem Lauf davor geändert hat.</translation>
    </message>
    <message>
        <source>new</source>
        <translation>neu</translation>
    </message>
</context>
<context>
    <name>RunCounts</name>
    <message>
        <source>Show only: {outcome}. Several of these buttons can be down.</source>
        <translation>Nur zeigen: {outcome}. Mehrere dieser Knöpfe können gedrückt sein.</translation>
    </message>
    <message>
        <source>{outcome}, show only these</source>
        <translation>{outcome}, nur diese zeigen</translation>
    </message>
</context>
<context>
    <name>RunDetails</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the details of this test</source>
        <translation>Die Einzelheiten dieses Tests kopieren</translation>
    </message>
    <message>
        <source>Copy the id, the failure and the output of this test</source>
        <translation>Name, Fehler und Ausgabe dieses Tests kopieren</translation>
    </message>
    <message>
        <source>Failure and captured output of the test</source>
        <translation>Fehler und aufgefangene Ausgabe des Tests</translation>
    </message>
    <message>
        <source>It could not report anything any more. What the process printed at its end is in the output of the run.</source>
        <translation>Er konnte nichts mehr berichten. Was der Prozess am Ende ausgab, steht in der Ausgabe des Laufs.</translation>
    </message>
    <message>
        <source>It printed nothing and reported no failure.</source>
        <translation>Er gab nichts aus und meldete keinen Fehler.</translation>
    </message>
    <message>
        <source>No result yet.</source>
        <translation>Noch kein Ergebnis.</translation>
    </message>
    <message>
        <source>Select a test to see its failure and what it printed.</source>
        <translation>Einen Test wählen, um Fehler und Ausgabe zu sehen.</translation>
    </message>
    <message>
        <source>{outcome} in {time}</source>
        <translation>{outcome} in {time}</translation>
    </message>
    <message>
        <source>{section} ({count} characters, shortened)</source>
        <translation>{section} ({count} Zeichen, gekürzt)</translation>
    </message>
</context>
<context>
    <name>RunEmpty</name>
    <message>
        <source>A folder of tests, or a profile</source>
        <translation>Ein Ordner mit Tests oder ein Profil</translation>
    </message>
    <message>
        <source>Choose a profile of the config, or a folder: each result appears as it happens.</source>
        <translation>Ein Profil der Konfiguration oder einen Ordner wählen: Jedes Ergebnis erscheint sofort.</translation>
    </message>
    <message>
        <source>Choose what to run</source>
        <translation>Wählen, was laufen soll</translation>
    </message>
    <message>
        <source>Choose what to run…</source>
        <translation>Wählen, was laufen soll…</translation>
    </message>
    <message>
        <source>No test run yet</source>
        <translation>Noch kein Testlauf</translation>
    </message>
</context>
<context>
    <name>RunHistory</name>
    <message>
        <source>Calls</source>
        <translation>Aufrufe</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>Hit rate</source>
        <translation>Trefferquote</translation>
    </message>
    <message>
        <source>Hits of all lookups in named caches by processes of the run</source>
        <translation>Treffer aller Abfragen in benannten Caches durch Prozesse des Laufs</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Ergebnisse</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Gestartet</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>Dauer</translation>
    </message>
</context>
<context>
    <name>RunOutput</name>
    <message>
        <source>Output of the run</source>
        <translation>Ausgabe des Laufs</translation>
    </message>
    <message>
        <source>What pytest prints appears here.</source>
        <translation>Was pytest ausgibt, erscheint hier.</translation>
    </message>
    <message>
        <source>[... {count} bytes left out ...]</source>
        <translation>[... {count} Bytes ausgelassen ...]</translation>
    </message>
</context>
<context>
    <name>RunProgress</name>
    <message>
        <source>Elapsed and remaining time</source>
        <translation>Vergangene und verbleibende Zeit</translation>
    </message>
    <message>
        <source>Progress of the run</source>
        <translation>Fortschritt des Laufs</translation>
    </message>
    <message>
        <source>State of the run</source>
        <translation>Zustand des Laufs</translation>
    </message>
    <message>
        <source>What the run spent</source>
        <translation>Was der Lauf ausgegeben hat</translation>
    </message>
    <message numerus="yes">
        <source>{count} line(s) of the report could not be read.</source>
        <translation>
            <numerusform>{count} Zeile des Berichts war nicht lesbar.</numerusform>
            <numerusform>{count} Zeilen des Berichts waren nicht lesbar.</numerusform>
        </translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
    <message>
        <source>{elapsed}, about {left} left</source>
        <translation>{elapsed}, noch etwa {left}</translation>
    </message>
</context>
<context>
    <name>RunResults</name>
    <message>
        <source>Arrows choose a test, Enter opens it in the editor</source>
        <translation>Pfeile wählen einen Test, Enter öffnet ihn im Editor</translation>
    </message>
    <message>
        <source>Results by file and test</source>
        <translation>Ergebnisse nach Datei und Test</translation>
    </message>
</context>
<context>
    <name>RunTree</name>
    <message>
        <source>(whole file)</source>
        <translation>(ganze Datei)</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>Sekunden</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Test</translation>
    </message>
</context>
<context>
    <name>RunView</name>
    <message>
        <source>Changes</source>
        <translation>Änderungen</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Details of the selected test, output of the run, changes, history</source>
        <translation>Einzelheiten des gewählten Tests, Ausgabe des Laufs, Änderungen, Verlauf</translation>
    </message>
    <message>
        <source>Each run of a profile or a folder is kept here with its cost.</source>
        <translation>Jeder Lauf eines Profils oder Ordners bleibt hier mit seinen Kosten.</translation>
    </message>
    <message>
        <source>Earlier runs</source>
        <translation>Frühere Läufe</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Next failure</source>
        <translation>Nächster Fehler</translation>
    </message>
    <message>
        <source>No earlier runs</source>
        <translation>Keine früheren Läufe</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>Previous failure</source>
        <translation>Voriger Fehler</translation>
    </message>
    <message>
        <source>hit rate {rate}</source>
        <translation>Trefferquote {rate}</translation>
    </message>
    <message>
        <source>{number} refused</source>
        <translation>{number} abgelehnt</translation>
    </message>
</context>
<context>
    <name>RunnerProcess</name>
    <message>
        <source>Its runner died before it ended.</source>
        <translation>Sein Prozess endete, bevor der Lauf zu Ende war.</translation>
    </message>
</context>
<context>
    <name>RunsPanel</name>
    <message>
        <source>Run the tests of a folder</source>
        <translation>Die Tests eines Ordners starten</translation>
    </message>
    <message>
        <source>Save the log of the run</source>
        <translation>Das Protokoll des Laufs speichern</translation>
    </message>
    <message>
        <source>Test runs</source>
        <translation>Testläufe</translation>
    </message>
    <message>
        <source>The results of this run are no longer kept.</source>
        <translation>Die Ergebnisse dieses Laufs sind nicht mehr vorhanden.</translation>
    </message>
</context>
<context>
    <name>SchemeButton</name>
    <message>
        <source>Theme</source>
        <translation>Farben</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Copy the chosen rows of a table, with headers</source>
        <translation>Die gewählten Zeilen einer Tabelle mit Überschriften kopieren</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Überall</translation>
    </message>
    <message>
        <source>Go to the next control</source>
        <translation>Zum nächsten Bedienelement</translation>
    </message>
    <message>
        <source>Layout: {name}</source>
        <translation>Anordnung: {name}</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Show the burn-down of the chosen card</source>
        <translation>Den Verlauf der gewählten Karte zeigen</translation>
    </message>
    <message>
        <source>What can be done with the control in focus</source>
        <translation>Was mit dem gewählten Bedienelement möglich ist</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Age of the picture</source>
        <translation>Alter des Bildes</translation>
    </message>
    <message>
        <source>Facts about the ledger</source>
        <translation>Angaben zum Kontobuch</translation>
    </message>
    <message>
        <source>Late, checked {age}</source>
        <translation>Verzögert, geprüft {age}</translation>
    </message>
    <message>
        <source>Ledger file</source>
        <translation>Datei des Kontobuchs</translation>
    </message>
    <message>
        <source>Live, checked {age}</source>
        <translation>Live, geprüft {age}</translation>
    </message>
    <message>
        <source>No picture yet</source>
        <translation>Noch kein Bild</translation>
    </message>
    <message>
        <source>Paused, picture of {age}</source>
        <translation>Angehalten, Bild: {age}</translation>
    </message>
    <message>
        <source>Stale, checked {age}</source>
        <translation>Veraltet, geprüft {age}</translation>
    </message>
    <message>
        <source>WAL {size}</source>
        <translation>WAL {size}</translation>
    </message>
    <message>
        <source>all priced</source>
        <translation>alle mit Preis</translation>
    </message>
    <message>
        <source>poll {time}</source>
        <translation>Abruf {time}</translation>
    </message>
    <message>
        <source>{calls} of {all} are priced. The write-ahead log holds {size}. Times are shown in {zone}. Durability {durability}, schema {schema}.</source>
        <translation>{calls} haben einen Preis, insgesamt {all}. Das Write-ahead-Log umfasst {size}. Zeiten in {zone}. Dauerhaftigkeit {durability}, Schema {schema}.</translation>
    </message>
    <message>
        <source>{count} alive</source>
        <translation>{count} aktiv</translation>
    </message>
    <message>
        <source>{count} ms</source>
        <translation>{count}&#xa0;ms</translation>
    </message>
    <message>
        <source>{count} unpriced</source>
        <translation>{count} ohne Preis</translation>
    </message>
    <message>
        <source>{rate} calls/s</source>
        <translation>{rate} Aufrufe/s</translation>
    </message>
</context>
<context>
    <name>SummaryStrip</name>
    <message>
        <source>Cache hit rate</source>
        <translation>Cache-Treffer</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Aufrufe</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>Vorgemerkt</translation>
    </message>
    <message>
        <source>In doubt</source>
        <translation>Ungeklärt</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Saved by caches</source>
        <translation>Cache-Ersparnis</translation>
    </message>
    <message>
        <source>Spent</source>
        <translation>Ausgegeben</translation>
    </message>
    <message>
        <source>Totals of the ledger</source>
        <translation>Summen des Kontobuchs</translation>
    </message>
    <message>
        <source>all calls priced</source>
        <translation>alle mit Preis</translation>
    </message>
    <message>
        <source>by {hits}</source>
        <translation>durch {hits}</translation>
    </message>
    <message>
        <source>by {workers}</source>
        <translation>für {workers}</translation>
    </message>
    <message>
        <source>last by a pause</source>
        <translation>zuletzt durch eine Pause</translation>
    </message>
    <message>
        <source>last by {budget}</source>
        <translation>zuletzt durch {budget}</translation>
    </message>
    <message>
        <source>no calls yet</source>
        <translation>noch keine Aufrufe</translation>
    </message>
    <message>
        <source>no live worker</source>
        <translation>kein lebender Worker</translation>
    </message>
    <message>
        <source>no lookups yet</source>
        <translation>noch keine Abfragen</translation>
    </message>
    <message>
        <source>nobody knows yet</source>
        <translation>noch unbekannt</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>none failed</source>
        <translation>keine gescheitert</translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation>noch unbekannt</translation>
    </message>
    <message>
        <source>nothing open</source>
        <translation>nichts offen</translation>
    </message>
    <message>
        <source>of {lookups}</source>
        <translation>bei {lookups}</translation>
    </message>
    <message>
        <source>{calls} unpriced</source>
        <translation>{calls} ohne Preis</translation>
    </message>
    <message>
        <source>{count} failed</source>
        <translation>{count} gescheitert</translation>
    </message>
</context>
<context>
    <name>Table</name>
    <message>
        <source>Arrows choose rows, Ctrl+C copies them, Shift+F10 shows what can be done</source>
        <translation>Pfeile wählen Zeilen, Strg+C kopiert sie, Umschalt+F10 zeigt, was möglich ist</translation>
    </message>
    <message>
        <source>Columns as at first</source>
        <translation>Spalten wie anfangs</translation>
    </message>
    <message>
        <source>Copy rows</source>
        <translation>Zeilen kopieren</translation>
    </message>
</context>
<context>
    <name>TableTwin</name>
    <message>
        <source>{chart}, table</source>
        <translation>{chart}, Tabelle</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
</context>
<context>
    <name>Troubles</name>
    <message>
        <source>Check that its disk is connected; it is tried again by itself.</source>
        <translation>Prüfen, ob das Laufwerk verbunden ist; es wird von selbst wieder versucht.</translation>
    </message>
    <message>
        <source>Check that you may read the file and its folder.</source>
        <translation>Prüfen, ob Datei und Ordner gelesen werden dürfen.</translation>
    </message>
    <message>
        <source>Connect the disk or put the folder back; the ledger is read again as soon as it is there.</source>
        <translation>Das Laufwerk verbinden oder den Ordner zurücklegen; das Kontobuch wird wieder gelesen, sobald es da ist.</translation>
    </message>
    <message>
        <source>If it lies on another disk, connect that; it is read as soon as it is there.</source>
        <translation>Liegt es auf einem anderen Laufwerk, dieses verbinden; es wird gelesen, sobald es da ist.</translation>
    </message>
    <message>
        <source>It appears here by itself as soon as a worker makes its first call.</source>
        <translation>Es erscheint hier von selbst, sobald ein Worker seinen ersten Aufruf macht.</translation>
    </message>
    <message>
        <source>It was left untouched. Choose the file that your budget.yaml names.</source>
        <translation>Sie blieb unberührt. Die Datei wählen, die in der budget.yaml steht.</translation>
    </message>
    <message>
        <source>It was left untouched. Stop the workers and restore it from a copy.</source>
        <translation>Es blieb unberührt. Die Worker anhalten und es aus einer Kopie wiederherstellen.</translation>
    </message>
    <message>
        <source>No ledger here yet</source>
        <translation>Hier ist noch kein Kontobuch</translation>
    </message>
    <message>
        <source>Not a budgetmon ledger</source>
        <translation>Kein Kontobuch von budgetmon</translation>
    </message>
    <message>
        <source>Put it back or open another one; workers that still have it open write into nothing, so restart them.</source>
        <translation>Es zurücklegen oder ein anderes öffnen; Worker, die es noch offen haben, schreiben ins Leere und müssen neu starten.</translation>
    </message>
    <message>
        <source>Reading was broken off so as not to hold up the writers; it is tried again by itself.</source>
        <translation>Das Lesen wurde abgebrochen, um die Schreiber nicht aufzuhalten; es wird von selbst wieder versucht.</translation>
    </message>
    <message>
        <source>The ledger cannot be read</source>
        <translation>Das Kontobuch ist nicht lesbar</translation>
    </message>
    <message>
        <source>The ledger is damaged</source>
        <translation>Das Kontobuch ist beschädigt</translation>
    </message>
    <message>
        <source>The ledger is locked</source>
        <translation>Das Kontobuch ist gesperrt</translation>
    </message>
    <message>
        <source>The ledger needs its owner to recover it</source>
        <translation>Das Kontobuch muss von seinem Besitzer repariert werden</translation>
    </message>
    <message>
        <source>The ledger takes too long to read</source>
        <translation>Das Lesen des Kontobuchs dauert zu lange</translation>
    </message>
    <message>
        <source>The ledger was deleted or moved</source>
        <translation>Das Kontobuch wurde gelöscht oder verschoben</translation>
    </message>
    <message>
        <source>The ledger was replaced</source>
        <translation>Das Kontobuch wurde ersetzt</translation>
    </message>
    <message>
        <source>The ledger&apos;s disk cannot be read</source>
        <translation>Das Laufwerk des Kontobuchs ist nicht lesbar</translation>
    </message>
    <message>
        <source>The ledger&apos;s disk or folder is gone</source>
        <translation>Laufwerk oder Ordner des Kontobuchs fehlt</translation>
    </message>
    <message>
        <source>The ledger&apos;s folder is not there</source>
        <translation>Der Ordner des Kontobuchs ist nicht da</translation>
    </message>
    <message>
        <source>The new file is being opened.</source>
        <translation>Die neue Datei wird geöffnet.</translation>
    </message>
    <message>
        <source>The picture comes back by itself as soon as the lock is gone.</source>
        <translation>Das Bild kommt von selbst zurück, sobald die Sperre weg ist.</translation>
    </message>
    <message>
        <source>The picture comes by itself as soon as its owner writes again.</source>
        <translation>Das Bild kommt von selbst, sobald der Besitzer wieder schreibt.</translation>
    </message>
    <message>
        <source>The picture comes by itself as soon as its owner writes or reads it again.</source>
        <translation>Das Bild kommt von selbst, sobald der Besitzer es wieder schreibt oder liest.</translation>
    </message>
    <message>
        <source>Upgrade budgetmon to the version that wrote it.</source>
        <translation>budgetmon auf die Version bringen, die es geschrieben hat.</translation>
    </message>
    <message>
        <source>Waiting for the ledger&apos;s owner</source>
        <translation>Warten auf den Besitzer des Kontobuchs</translation>
    </message>
    <message>
        <source>Written by a newer budgetmon</source>
        <translation>Von einem neueren budgetmon geschrieben</translation>
    </message>
</context>
<context>
    <name>Workers</name>
    <message>
        <source>Calls</source>
        <translation>Aufrufe</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>Connections that were open when the process died without closing them</source>
        <translation>Verbindungen, die beim Ende des Prozesses noch offen waren</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>Datenbank</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>Vorgemerkt</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Rechner</translation>
    </message>
    <message>
        <source>Last write</source>
        <translation>Letzter Eintrag</translation>
    </message>
    <message>
        <source>Leaked</source>
        <translation>Verwaist</translation>
    </message>
    <message>
        <source>Open connections to the ledger</source>
        <translation>Offene Verbindungen zum Kontobuch</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>Prozess</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Version of the database engine it writes with</source>
        <translation>Version der Datenbank, mit der er schreibt</translation>
    </message>
    <message>
        <source>Worker</source>
        <translation>Worker</translation>
    </message>
    <message>
        <source>alive</source>
        <translation>lebt</translation>
    </message>
    <message>
        <source>dead</source>
        <translation>tot</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
</context>
<context>
    <name>_Grip</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Drag to move {panel}; double-click to float</source>
        <translation>Ziehen verschiebt {panel}; Doppelklick löst den Bereich</translation>
    </message>
    <message>
        <source>Float</source>
        <translation>Lösen</translation>
    </message>
    <message>
        <source>Handle of {panel}</source>
        <translation>Griff von {panel}</translation>
    </message>
    <message>
        <source>Put back</source>
        <translation>Einsetzen</translation>
    </message>
</context>
<context>
    <name>_Receipt</name>
    <message>
        <source>, run {run}</source>
        <translation>, Lauf {run}</translation>
    </message>
    <message>
        <source>Asked {asked}, free {free}</source>
        <translation>Gefragt {asked}, frei {free}</translation>
    </message>
    <message>
        <source>Choose a refusal to see its whole arithmetic.</source>
        <translation>Eine Ablehnung wählen, um ihre ganze Rechnung zu sehen.</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>Beleg</translation>
    </message>
    <message>
        <source>Receipt of the chosen refusal</source>
        <translation>Beleg der gewählten Ablehnung</translation>
    </message>
    <message>
        <source>Show the calls behind it</source>
        <translation>Die Aufrufe dahinter zeigen</translation>
    </message>
    <message>
        <source>Show the calls of this budget&apos;s window until it refused</source>
        <translation>Die Aufrufe in diesem Budgetfenster bis zur Ablehnung zeigen</translation>
    </message>
    <message>
        <source>by worker {worker}</source>
        <translation>durch Worker {worker}</translation>
    </message>
    <message>
        <source>{model} refused by {budget}</source>
        <translation>{model} abgelehnt durch {budget}</translation>
    </message>
</context>
<context>
    <name>burn-down</name>
    <message>
        <source>Burn-down</source>
        <translation>Budgetverlauf</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Übrig</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Spent</source>
        <translation>Ausgegeben</translation>
    </message>
    <message>
        <source>alert</source>
        <translation>Alarm</translation>
    </message>
    <message>
        <source>alert: {share} used</source>
        <translation>Alarm: {share} verbraucht</translation>
    </message>
    <message>
        <source>at the fastest recent pace</source>
        <translation>beim schnellsten jüngsten Tempo</translation>
    </message>
    <message>
        <source>at the slowest recent pace</source>
        <translation>beim langsamsten jüngsten Tempo</translation>
    </message>
    <message>
        <source>at {rate}</source>
        <translation>Tempo: {rate}</translation>
    </message>
    <message>
        <source>earlier pauses: {count}</source>
        <translation>frühere Pausen: {count}</translation>
    </message>
    <message>
        <source>even pace</source>
        <translation>gleichmäßiges Tempo</translation>
    </message>
    <message>
        <source>held</source>
        <translation>vorgemerkt</translation>
    </message>
    <message>
        <source>in doubt</source>
        <translation>ungeklärt</translation>
    </message>
    <message>
        <source>left</source>
        <translation>übrig</translation>
    </message>
    <message>
        <source>limit {amount}</source>
        <translation>Limit {amount}</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>resets {when}</source>
        <translation>Neubeginn {when}</translation>
    </message>
    <message>
        <source>resumed</source>
        <translation>fortgesetzt</translation>
    </message>
    <message>
        <source>run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>run {name} started</source>
        <translation>Lauf {name} gestartet</translation>
    </message>
    <message>
        <source>runs out {when}</source>
        <translation>reicht bis {when}</translation>
    </message>
    <message>
        <source>spent</source>
        <translation>ausgegeben</translation>
    </message>
    <message>
        <source>{amount} left</source>
        <translation>{amount} übrig</translation>
    </message>
    <message>
        <source>{amount} spent</source>
        <translation>{amount} ausgegeben</translation>
    </message>
    <message>
        <source>{calls} refused</source>
        <translation>{calls} abgelehnt</translation>
    </message>
    <message>
        <source>{count} unpriced</source>
        <translation>{count} ohne Preis</translation>
    </message>
    <message>
        <source>{provider} paused by {who} from {since}, until when is not known</source>
        <translation>{provider} angehalten von {who} ab {since}, bis wann, ist nicht bekannt</translation>
    </message>
    <message>
        <source>{provider} paused by {who} since {since} ({time})</source>
        <translation>{provider} angehalten von {who} seit {since} ({time})</translation>
    </message>
    <message>
        <source>{provider} paused by {who}, {since} to {until} ({time})</source>
        <translation>{provider} angehalten von {who}, {since} bis {until} ({time})</translation>
    </message>
    <message>
        <source>{share} used</source>
        <translation>{share} verbraucht</translation>
    </message>
</context>
<context>
    <name>caches</name>
    <message>
        <source>By time to live: {list}.</source>
        <translation>Nach Lebensdauer: {list}.</translation>
    </message>
    <message>
        <source>Cache hit rate</source>
        <translation>Cache-Trefferquote</translation>
    </message>
    <message>
        <source>Caches that are given a tracker publish their rates here.</source>
        <translation>Caches, die einen Tracker bekommen, zeigen hier ihre Trefferquoten.</translation>
    </message>
    <message>
        <source>Estimated from {count} lookups in one process.</source>
        <translation>Geschätzt aus {count} Abfragen in einem Prozess.</translation>
    </message>
    <message>
        <source>Half the size would hit {rate}, at {money} a day.</source>
        <translation>Die halbe Größe träfe {rate}, bei {money} am Tag.</translation>
    </message>
    <message>
        <source>Hit rate by size</source>
        <translation>Trefferquote nach Größe</translation>
    </message>
    <message>
        <source>Larger than needed: {right} entries would hit as much as {size} do, within a point.</source>
        <translation>Größer als nötig: {right} Einträge träfen auf einen Punkt genau so viel wie {size}.</translation>
    </message>
    <message>
        <source>No cache lookups in this span</source>
        <translation>Keine Cache-Abfragen in diesem Zeitraum</translation>
    </message>
    <message>
        <source>No estimate yet: it takes some hundred thousand lookups in one process.</source>
        <translation>Noch keine Schätzung: Sie braucht einige hunderttausend Abfragen in einem Prozess.</translation>
    </message>
    <message>
        <source>Nothing was loaded through it.</source>
        <translation>Nichts wurde darüber geladen.</translation>
    </message>
    <message>
        <source>Saved {saved}. Paid again: {evicted} for evicted values, {expired} for expired ones.</source>
        <translation>Gespart: {saved}. Erneut bezahlt: {evicted} für verdrängte, {expired} für abgelaufene Werte.</translation>
    </message>
    <message>
        <source>The size is right: {size} entries hit {rate}, and no size would hit more than {best}.</source>
        <translation>Die Größe stimmt: {size} Einträge treffen {rate}, und keine Größe träfe mehr als {best}.</translation>
    </message>
    <message>
        <source>Too small: {right} entries would hit {best}, where {size} hit {rate}.</source>
        <translation>Zu klein: {right} Einträge träfen {best}, wo {size} nur {rate} treffen.</translation>
    </message>
    <message>
        <source>Twice the size would hit {rate} and save {money} a day.</source>
        <translation>Die doppelte Größe träfe {rate} und sparte {money} am Tag.</translation>
    </message>
    <message>
        <source>What it saves is not known: no load was paid through a tracker.</source>
        <translation>Die Ersparnis ist unbekannt: Kein Laden wurde über einen Tracker bezahlt.</translation>
    </message>
    <message>
        <source>right</source>
        <translation>passend</translation>
    </message>
    <message>
        <source>too large</source>
        <translation>zu groß</translation>
    </message>
    <message>
        <source>too small</source>
        <translation>zu klein</translation>
    </message>
    <message>
        <source>{cache} {rate} (n {count})</source>
        <translation>{cache} {rate} (n {count})</translation>
    </message>
    <message>
        <source>{hits} hits, {misses} misses, {expired} expired, {evicted} evicted; {size} of {most} entries.</source>
        <translation>{hits} Treffer, {misses} Fehlgriffe, {expired} abgelaufen, {evicted} verdrängt; {size} von {most} Einträgen.</translation>
    </message>
    <message>
        <source>{loads} loads, {mean} each, {failed} failed.</source>
        <translation>{loads} Ladevorgänge zu je {mean}, {failed} gescheitert.</translation>
    </message>
</context>
<context>
    <name>callDetails</name>
    <message>
        <source>Cache write rate</source>
        <translation>Preis Cache-Schreiben</translation>
    </message>
    <message>
        <source>Cache write tokens</source>
        <translation>Token Cache-Schreiben</translation>
    </message>
    <message>
        <source>Cached input rate</source>
        <translation>Preis Cache-Eingabe</translation>
    </message>
    <message>
        <source>Cached input tokens</source>
        <translation>Token Cache-Eingabe</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Aufrufe</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>Credits</source>
        <translation>Credits</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>Vorgemerkt</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Rechner</translation>
    </message>
    <message>
        <source>Imported at</source>
        <translation>Importiert am</translation>
    </message>
    <message>
        <source>Imported from</source>
        <translation>Importiert aus</translation>
    </message>
    <message>
        <source>In UTC</source>
        <translation>In UTC</translation>
    </message>
    <message>
        <source>Input rate</source>
        <translation>Preis Eingabe</translation>
    </message>
    <message>
        <source>Input tokens</source>
        <translation>Eingabe-Token</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Output rate</source>
        <translation>Preis Ausgabe</translation>
    </message>
    <message>
        <source>Output tokens</source>
        <translation>Ausgabe-Token</translation>
    </message>
    <message>
        <source>Overrun</source>
        <translation>Überschreitung</translation>
    </message>
    <message>
        <source>Per call</source>
        <translation>Je Aufruf</translation>
    </message>
    <message>
        <source>Per credit</source>
        <translation>Je Credit</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>Prozess</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>Anbieter</translation>
    </message>
    <message>
        <source>Rates from</source>
        <translation>Preise ab</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Trust</source>
        <translation>Verlässlichkeit</translation>
    </message>
    <message>
        <source>Worker</source>
        <translation>Worker</translation>
    </message>
    <message>
        <source>at most {count}</source>
        <translation>höchstens {count}</translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation>noch unbekannt</translation>
    </message>
    <message>
        <source>nothing: it was released</source>
        <translation>nichts: er wurde freigegeben</translation>
    </message>
    <message>
        <source>unpriced: no price is known</source>
        <translation>ohne Preis: kein Preis bekannt</translation>
    </message>
    <message>
        <source>{amount} per million tokens</source>
        <translation>{amount} je Million Token</translation>
    </message>
</context>
<context>
    <name>cards</name>
    <message>
        <source>All providers</source>
        <translation>Alle Anbieter</translation>
    </message>
    <message>
        <source>Burning {rate}</source>
        <translation>Verbrauch {rate}</translation>
    </message>
    <message>
        <source>Caches answered {hits} of {lookups} without a paid call: {saved} saved. The rest cost {paid}.</source>
        <translation>Caches beantworteten {hits} von {lookups} ohne bezahlten Aufruf: {saved} gespart. Der Rest kostete {paid}.</translation>
    </message>
    <message>
        <source>Frees bit by bit, what was spent {length} ago</source>
        <translation>Wird nach und nach frei: was vor {length} ausgegeben wurde</translation>
    </message>
    <message>
        <source>Lasts at this rate</source>
        <translation>Reicht bei diesem Tempo</translation>
    </message>
    <message>
        <source>Lasts until it resets</source>
        <translation>Reicht bis zum Neubeginn</translation>
    </message>
    <message>
        <source>Never resets</source>
        <translation>Beginnt nie neu</translation>
    </message>
    <message>
        <source>Nothing is being spent</source>
        <translation>Nichts wird ausgegeben</translation>
    </message>
    <message>
        <source>Resets {when}, in {time}</source>
        <translation>Neubeginn {when}, in {time}</translation>
    </message>
    <message>
        <source>Runs out any moment</source>
        <translation>Gleich aufgebraucht</translation>
    </message>
    <message>
        <source>Runs out {when}</source>
        <translation>Reicht bis {when}</translation>
    </message>
    <message>
        <source>Runs out {when}, in {time}</source>
        <translation>Reicht bis {when}, noch {time}</translation>
    </message>
    <message>
        <source>Solid: spent, hatched: held, dotted: in doubt.</source>
        <translation>Voll: ausgegeben, schraffiert: vorgemerkt, gepunktet: ungeklärt.</translation>
    </message>
    <message>
        <source>Too early to tell.</source>
        <translation>Noch offen.</translation>
    </message>
    <message>
        <source>Too little left for the next call</source>
        <translation>Zu wenig für den nächsten Aufruf</translation>
    </message>
    <message>
        <source>Used up</source>
        <translation>Aufgebraucht</translation>
    </message>
    <message>
        <source>exhausted</source>
        <translation>aufgebraucht</translation>
    </message>
    <message>
        <source>in all</source>
        <translation>insgesamt</translation>
    </message>
    <message>
        <source>in {length}</source>
        <translation>in {length}</translation>
    </message>
    <message>
        <source>lifetime</source>
        <translation>für immer</translation>
    </message>
    <message>
        <source>model {name}</source>
        <translation>Modell {name}</translation>
    </message>
    <message>
        <source>no budget</source>
        <translation>kein Budget</translation>
    </message>
    <message>
        <source>of {limit} {period}</source>
        <translation>/ {limit} {period}</translation>
    </message>
    <message>
        <source>ok</source>
        <translation>in Ordnung</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>per day</source>
        <translation>pro Tag</translation>
    </message>
    <message>
        <source>per month</source>
        <translation>pro Monat</translation>
    </message>
    <message>
        <source>per week</source>
        <translation>pro Woche</translation>
    </message>
    <message>
        <source>per {period}</source>
        <translation>pro {period}</translation>
    </message>
    <message>
        <source>run {name}</source>
        <translation>Lauf {name}</translation>
    </message>
    <message>
        <source>tag {name}</source>
        <translation>Tag {name}</translation>
    </message>
    <message>
        <source>this month</source>
        <translation>diesen Monat</translation>
    </message>
    <message>
        <source>this week</source>
        <translation>diese Woche</translation>
    </message>
    <message>
        <source>today</source>
        <translation>heute</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>warns only</source>
        <translation>warnt nur</translation>
    </message>
    <message>
        <source>{amount} an hour</source>
        <translation>{amount} pro Stunde</translation>
    </message>
    <message>
        <source>{amount} held</source>
        <translation>{amount} vorgemerkt</translation>
    </message>
    <message>
        <source>{amount} in doubt</source>
        <translation>{amount} ungeklärt</translation>
    </message>
    <message>
        <source>{amount} left</source>
        <translation>{amount} übrig</translation>
    </message>
    <message>
        <source>{amount} over</source>
        <translation>{amount} darüber</translation>
    </message>
    <message>
        <source>{amount} saved</source>
        <translation>{amount} gespart</translation>
    </message>
    <message>
        <source>{amount} spent, without a limit</source>
        <translation>{amount} ausgegeben, ohne Limit</translation>
    </message>
    <message>
        <source>{amount} spent, {counts}. Press Enter to show its burn-down.</source>
        <translation>{amount} ausgegeben, {counts}. Mit Enter den Verlauf zeigen.</translation>
    </message>
    <message>
        <source>{count} failed</source>
        <translation>{count} gescheitert</translation>
    </message>
    <message>
        <source>{count} refused</source>
        <translation>{count} abgelehnt</translation>
    </message>
    <message>
        <source>{count} unpriced</source>
        <translation>{count} ohne Preis</translation>
    </message>
    <message>
        <source>{length} rolling</source>
        <translation>gleitend {length}</translation>
    </message>
    <message>
        <source>{rate} hits</source>
        <translation>{rate} Treffer</translation>
    </message>
    <message>
        <source>{share} used, held or in doubt at {elapsed} of the window (the tick).</source>
        <translation>{share} verbraucht, vorgemerkt oder ungeklärt bei {elapsed} des Budgetfensters (Strich).</translation>
    </message>
    <message>
        <source>{share} used, held or in doubt.</source>
        <translation>{share} verbraucht, vorgemerkt oder ungeklärt.</translation>
    </message>
    <message>
        <source>{spent} of {limit}</source>
        <translation>{spent} von {limit}</translation>
    </message>
    <message>
        <source>{spent} of {limit} spent.</source>
        <translation>{spent} ausgegeben (Limit {limit}).</translation>
    </message>
    <message>
        <source>{time} before it resets {when}</source>
        <translation>{time} vor dem Neubeginn {when}</translation>
    </message>
</context>
<context>
    <name>consumption</name>
    <message>
        <source>Begins</source>
        <translation>Beginn</translation>
    </message>
    <message>
        <source>Consumption</source>
        <translation>Verbrauch</translation>
    </message>
    <message>
        <source>Middle</source>
        <translation>Mitte</translation>
    </message>
    <message>
        <source>Only from {when} on: more calls than are read</source>
        <translation>Erst ab {when}: mehr Aufrufe, als gelesen werden</translation>
    </message>
    <message>
        <source>dotted: 95 of 100 are faster</source>
        <translation>gepunktet: 95 von 100 sind schneller</translation>
    </message>
    <message>
        <source>no run</source>
        <translation>kein Lauf</translation>
    </message>
    <message>
        <source>no tag</source>
        <translation>kein Tag</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>{amount} an hour</source>
        <translation>{amount} pro Stunde</translation>
    </message>
    <message>
        <source>{begin} to {end}</source>
        <translation>{begin} bis {end}</translation>
    </message>
    <message>
        <source>{count} a minute</source>
        <translation>{count} pro Minute</translation>
    </message>
    <message>
        <source>{count} others</source>
        <translation>{count} weitere</translation>
    </message>
    <message>
        <source>{name}  {typical}, 95 of 100 within {slow}</source>
        <translation>{name}  {typical}, 95 von 100 in {slow}</translation>
    </message>
    <message>
        <source>{name}, 95 of 100</source>
        <translation>{name}, 95 von 100</translation>
    </message>
</context>
<context>
    <name>export</name>
    <message>
        <source>Everything in the ledger</source>
        <translation>Alles im Kontobuch</translation>
    </message>
    <message>
        <source>This window of {budget}: since {time}</source>
        <translation>Dieses Budgetfenster von {budget}: seit {time}</translation>
    </message>
    <message>
        <source>What is shown: {stretch}</source>
        <translation>Was zu sehen ist: {stretch}</translation>
    </message>
    <message>
        <source>a bill by the hour, for FinOps tools</source>
        <translation>eine Rechnung nach Stunden, für FinOps-Werkzeuge</translation>
    </message>
    <message>
        <source>a copy of the whole ledger, to open again here</source>
        <translation>eine Kopie des ganzen Kontobuchs, hier wieder zu öffnen</translation>
    </message>
    <message>
        <source>a folder of typed tables, for analysis</source>
        <translation>ein Ordner typisierter Tabellen, zum Auswerten</translation>
    </message>
    <message>
        <source>a folder with one file per table, for any spreadsheet</source>
        <translation>ein Ordner mit einer Datei je Tabelle, für jede Tabellenkalkulation</translation>
    </message>
    <message>
        <source>a row a line, for streams and log stores</source>
        <translation>eine Zeile je Datensatz, für Datenströme und Protokollspeicher</translation>
    </message>
    <message>
        <source>needs: {command}</source>
        <translation>braucht: {command}</translation>
    </message>
    <message>
        <source>one document with everything, for programs</source>
        <translation>ein Dokument mit allem, für Programme</translation>
    </message>
    <message>
        <source>one page with charts and tables, for a browser</source>
        <translation>eine Seite mit Diagrammen und Tabellen, für den Browser</translation>
    </message>
    <message>
        <source>one workbook, a sheet per table</source>
        <translation>eine Arbeitsmappe mit einem Blatt je Tabelle</translation>
    </message>
    <message>
        <source>the same CSV files in one archive</source>
        <translation>dieselben CSV-Dateien in einem Archiv</translation>
    </message>
    <message>
        <source>the same page for paper and for mail</source>
        <translation>dieselbe Seite für Papier und E-Mail</translation>
    </message>
</context>
<context>
    <name>filters</name>
    <message>
        <source>a value is missing</source>
        <translation>ein Wert fehlt</translation>
    </message>
    <message>
        <source>does not apply to this table</source>
        <translation>passt nicht zu dieser Tabelle</translation>
    </message>
    <message>
        <source>expected a duration such as 250ms, 2s or 5m</source>
        <translation>erwartet wird eine Dauer wie 250ms, 2s oder 5m</translation>
    </message>
    <message>
        <source>expected a time such as 10:00, 2h or 2026-03-01T09:30</source>
        <translation>erwartet wird eine Zeit wie 10:00, 2h oder 2026-03-01T09:30</translation>
    </message>
    <message>
        <source>expected a whole number</source>
        <translation>erwartet wird eine ganze Zahl</translation>
    </message>
    <message>
        <source>expected an amount in USD such as 0.10</source>
        <translation>erwartet wird ein Betrag in USD wie 0.10</translation>
    </message>
    <message>
        <source>expected held, settled, released or in-doubt</source>
        <translation>erwartet wird held, settled, released oder in-doubt</translation>
    </message>
    <message>
        <source>no such word; text with a colon in it goes into quotation marks</source>
        <translation>dieses Wort gibt es nicht; Text mit Doppelpunkt gehört in Anführungszeichen</translation>
    </message>
    <message>
        <source>only cost, held, tokens and took can be compared</source>
        <translation>nur cost, held, tokens und took lassen sich vergleichen</translation>
    </message>
    <message>
        <source>the closing quotation mark is missing</source>
        <translation>das schließende Anführungszeichen fehlt</translation>
    </message>
</context>
<context>
    <name>orders</name>
    <message>
        <source>Charge {amount} for this call...</source>
        <translation>{amount} für diesen Aufruf berechnen...</translation>
    </message>
    <message>
        <source>Pause {provider}</source>
        <translation>{provider} anhalten</translation>
    </message>
    <message>
        <source>Release this call...</source>
        <translation>Diesen Aufruf freigeben...</translation>
    </message>
    <message>
        <source>Resume {provider}</source>
        <translation>{provider} fortsetzen</translation>
    </message>
</context>
<context>
    <name>runs</name>
    <message>
        <source>cancelled</source>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>cancelling</source>
        <translation>wird abgebrochen</translation>
    </message>
    <message>
        <source>collecting</source>
        <translation>sammelt</translation>
    </message>
    <message>
        <source>crashed</source>
        <translation>abgestürzt</translation>
    </message>
    <message>
        <source>error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>gescheitert</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>unterbrochen</translation>
    </message>
    <message>
        <source>no tests</source>
        <translation>keine Tests</translation>
    </message>
    <message>
        <source>not run</source>
        <translation>nicht gelaufen</translation>
    </message>
    <message>
        <source>not started</source>
        <translation>nicht gestartet</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>bestanden</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>übersprungen</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>startet</translation>
    </message>
    <message>
        <source>timed out</source>
        <translation>Zeit überschritten</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>xfailed</source>
        <translation>erwartet gescheitert</translation>
    </message>
    <message>
        <source>xpassed</source>
        <translation>unerwartet bestanden</translation>
    </message>
</context>
<context>
    <name>units</name>
    <message>
        <source>${amount}</source>
        <translation>{amount}&#x202f;$</translation>
    </message>
    <message>
        <source>from {since} to {until}</source>
        <translation>von {since} bis {until}</translation>
    </message>
    <message>
        <source>in the last {time}</source>
        <translation>in den letzten {time}</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>gerade eben</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>{amount}%</source>
        <translation>{amount}&#x202f;%</translation>
    </message>
    <message>
        <source>{count} B</source>
        <translation>{count}&#xa0;B</translation>
    </message>
    <message>
        <source>{count} GiB</source>
        <translation>{count}&#xa0;GiB</translation>
    </message>
    <message>
        <source>{count} KiB</source>
        <translation>{count}&#xa0;KiB</translation>
    </message>
    <message>
        <source>{count} MiB</source>
        <translation>{count}&#xa0;MiB</translation>
    </message>
    <message numerus="yes">
        <source>{count} call(s)</source>
        <translation>
            <numerusform>{count} Aufruf</numerusform>
            <numerusform>{count} Aufrufe</numerusform>
        </translation>
    </message>
    <message>
        <source>{count} d</source>
        <translation>{count}&#xa0;d</translation>
    </message>
    <message numerus="yes">
        <source>{count} entry(ies)</source>
        <translation>
            <numerusform>{count} Eintrag</numerusform>
            <numerusform>{count} Einträge</numerusform>
        </translation>
    </message>
    <message>
        <source>{count} h</source>
        <translation>{count}&#xa0;h</translation>
    </message>
    <message numerus="yes">
        <source>{count} hit(s)</source>
        <translation>
            <numerusform>{count} Treffer</numerusform>
            <numerusform>{count} Treffer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} live worker(s)</source>
        <translation>
            <numerusform>{count} lebender Worker</numerusform>
            <numerusform>{count} lebende Worker</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} lookup(s)</source>
        <translation>
            <numerusform>{count} Abfrage</numerusform>
            <numerusform>{count} Abfragen</numerusform>
        </translation>
    </message>
    <message>
        <source>{count} min</source>
        <translation>{count}&#xa0;min</translation>
    </message>
    <message>
        <source>{count} ms</source>
        <translation>{count}&#xa0;ms</translation>
    </message>
    <message numerus="yes">
        <source>{count} new call(s)</source>
        <translation>
            <numerusform>{count} neuer Aufruf</numerusform>
            <numerusform>{count} neue Aufrufe</numerusform>
        </translation>
    </message>
    <message>
        <source>{count} s</source>
        <translation>{count}&#xa0;s</translation>
    </message>
    <message numerus="yes">
        <source>{count} token(s)</source>
        <translation>
            <numerusform>{count} Token</numerusform>
            <numerusform>{count} Token</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} writer(s)</source>
        <translation>
            <numerusform>{count} Schreiber</numerusform>
            <numerusform>{count} Schreiber</numerusform>
        </translation>
    </message>
    <message>
        <source>{day} {month}</source>
        <translation>{day}. {month}</translation>
    </message>
    <message>
        <source>{day} {month} {year}</source>
        <translation>{day}. {month} {year}</translation>
    </message>
    <message>
        <source>{month} {year}</source>
        <translation>{month} {year}</translation>
    </message>
    <message>
        <source>{time} ago</source>
        <translation>vor {time}</translation>
    </message>
    <message>
        <source>{weekday} {day}</source>
        <translation>{weekday} {day}.</translation>
    </message>
</context>
</TS>
