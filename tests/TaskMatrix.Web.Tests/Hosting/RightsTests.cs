using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaskMatrix.Web.Tests.TaskInstances;

namespace TaskMatrix.Web.Tests.Hosting;

/// <summary>Every endpoint × every role. A task of 区教育局 in PendingAck and the plan of 太平区 are what is asked for.</summary>
[Collection(Unchanged.Collection)]
public sealed class RightsTests
{
    private static readonly string[] Users =
    [
        "office", "leader", "inspector", "education", "education.head", "health", "health.head", "sysadmin", "secadmin", "auditor", "lanxi.office", "lanxi.finance", "-",
    ];

    /// <summary>
    /// One row an endpoint; the columns are <see cref="Users"/>. 4 is 404, 3 is 403, 2 is any success, 9 is 409 (allowed, but not
    /// now), 0 is 400 (allowed, but not like this), 1 is 401.
    /// </summary>
    private const string Table = """
        method path                                       off lea ins edu e.h hea h.h sys sec aud lan l.f -
        GET    /api/me                                    2   2   2   2   2   2   2   2   2   2   2   2   1
        GET    /api/jurisdictions                         2   2   2   2   2   2   2   2   2   2   2   2   1
        GET    /api/jurisdictions/taiping/units           2   2   2   2   2   2   2   2   2   2   4   4   1
        POST   /api/jurisdictions/taiping/units           9   3   3   3   3   3   3   3   3   3   4   4   1   {"id":"education","name":"区教育局","classes":["departments"]}
        POST   /api/jurisdictions/taiping/units           0   0   0   0   0   0   0   0   0   0   0   0   1
        POST   /api/jurisdictions/taiping/units/leading-group/close
                                                          9   3   3   3   3   3   3   3   3   3   4   4   1   {"reason":"r"}
        GET    /api/plans                                 2   2   2   2   2   2   2   2   2   2   2   2   1
        GET    /api/plans/taiping-2020-3                  2   2   2   2   2   2   2   4   4   4   4   4   1
        GET    /api/plans/taiping-2020-3/document         2   2   2   2   2   2   2   4   4   4   4   4   1
        GET    /api/plans/taiping-2020-3/clauses          2   2   2   2   2   2   2   4   4   4   4   4   1
        GET    /api/plans/taiping-2020-3/coverage         2   2   2   2   2   2   2   4   4   4   4   4   1
        POST   /api/plans                                 0   0   0   0   0   0   0   0   0   0   0   0   1
        POST   /api/plans/taiping-2020-3/activate         9   9   3   3   3   3   3   4   4   4   4   4   1
        POST   /api/plans/taiping-2020-3/end              0   0   0   0   0   0   0   0   0   0   0   0   1
        POST   /api/plans/taiping-2020-3/adjust           0   0   0   0   0   0   0   0   0   0   0   0   1
        POST   /api/plans/taiping-2020-3/adjust           0   0   0   0   0   0   0   0   0   0   0   0   1   {"level":5,"reason":"r"}
        GET    /api/plans/taiping-2020-3/response         2   2   2   2   2   2   2   4   4   4   4   4   1
        GET    /api/plans/taiping-2020-3/end-report       2   2   2   2   2   2   2   4   4   4   4   4   1
        GET    /api/plans/taiping-2020-3/gaps             4   4   4   4   4   4   4   4   4   4   4   4   1
        POST   /api/plans/taiping-2020-3/derive           0   0   0   0   0   0   0   0   0   0   0   0   1
        POST   /api/plans/taiping-2020-3/derive           9   3   3   3   9   3   3   4   4   4   4   4   1   {"unit":"education","jurisdiction":{"id":"jiaoyu","name":"n","numberPrefix":"n"},"title":"t","issuedOn":"2020-01-23","duties":[{"from":"taiping.education.absence-checks","leadUnit":"town-government"}]}
        GET    /api/duties                                2   2   2   2   2   2   2   2   2   2   2   2   1
        GET    /api/duties/taiping.education.absence-checks
                                                          2   2   2   2   2   2   2   4   4   4   4   4   1
        PUT    /api/duties/taiping.education.absence-checks/assumptions
                                                          0   3   3   3   3   3   3   4   4   4   4   4   1   {"assumptions":[{"field":"title","value":"x"}]}
        GET    /api/matrix                                2   2   2   2   2   2   2   4   4   4   2   2   1
        GET    /api/matrix?jurisdiction=taiping           2   2   2   2   2   2   2   4   4   4   4   4   1
        GET    /api/workflows                             2   2   2   2   2   2   2   2   2   2   2   2   1
        GET    /api/workflows/taiping.education           2   2   2   2   2   2   2   4   4   4   4   4   1
        GET    /api/workflows/taiping.education/versions/1
                                                          2   2   2   2   2   2   2   4   4   4   4   4   1
        GET    /api/workflows/single-task/diagram         2   2   2   2   2   2   2   4   4   4   2   2   1
        GET    /api/workflows/single-task/standing        2   2   2   2   2   2   2   4   4   4   2   2   1
        POST   /api/workflows/validate                    2   3   3   3   3   3   3   3   3   3   2   3   1   {"yaml":"a: 1"}
        POST   /api/workflows/taiping.education/versions  0   3   3   3   3   3   3   3   3   3   4   3   1   {"yaml":"a: 1"}
        GET    /api/events/kinds                          2   2   2   2   2   2   2   2   2   2   2   2   1
        POST   /api/events                                0   0   0   0   0   0   0   0   0   0   0   0   1
        POST   /api/events                                2   3   3   2   2   2   2   3   3   3   4   4   1   {"jurisdiction":"taiping","kind":"suspected-case","summary":"s"}
        POST   /api/events                                2   2   3   3   3   3   3   3   3   3   4   4   1   {"jurisdiction":"taiping","kind":"isolation-ordered","summary":"s"}
        GET    /api/events                                2   2   2   2   2   2   2   2   2   2   2   2   1
        GET    /api/events/{event}                        2   2   2   2   2   2   2   4   4   4   4   4   1
        GET    /api/receipts                              2   2   2   2   2   2   2   2   2   2   2   2   1
        GET    /api/stream                                2   2   2   2   2   2   2   3   3   3   2   2   1
        GET    /api/stream?jobs=true                      2   2   2   3   2   3   2   2   3   3   2   3   1
        GET    /api/instructions                          2   2   2   2   2   2   2   2   2   2   2   2   1
        GET    /api/instructions/{instruction}            2   2   2   2   2   4   2   4   4   4   4   4   1
        POST   /api/instructions                          0   2   3   3   3   3   3   3   3   3   0   3   1   {"text":"t"}
        POST   /api/instructions/{instruction}/tasks      2   2   3   3   3   4   3   4   4   4   4   4   1   {"tasks":[{"title":"t","leadUnit":"justice","dueIn":"P1D"}]}
        POST   /api/instructions/{instruction}/feedback   2   3   3   3   3   4   3   4   4   4   4   4   1   {"text":"t"}
        POST   /api/instructions/{instruction}/close      9   3   3   3   3   4   3   4   4   4   4   4   1   {"text":"t"}
        GET    /api/meetings                              2   2   2   2   2   2   2   2   2   2   2   2   1
        GET    /api/meetings/{meeting}                    2   2   2   2   2   4   2   4   4   4   4   4   1
        POST   /api/meetings                              2   3   3   2   2   2   2   3   3   3   2   2   1   {"title":"t","agenda":"a"}
        POST   /api/meetings/{meeting}/call               9   3   3   3   3   4   3   4   4   4   4   4   1   {"startsAt":"2020-02-01T00:00:00Z","place":"p"}
        POST   /api/meetings/{meeting}/decline            9   3   3   3   3   4   3   4   4   4   4   4   1   {"reason":"r"}
        POST   /api/meetings/{meeting}/cancel             2   3   3   3   3   4   3   4   4   4   4   4   1   {"reason":"r"}
        POST   /api/meetings/{meeting}/confirm            3   3   3   2   2   4   3   4   4   4   4   4   1   {"attending":true}
        POST   /api/meetings/{meeting}/minutes            9   3   3   3   3   4   3   4   4   4   4   4   1   {"text":"t","attendees":[],"decisions":[]}
        POST   /api/meetings/{meeting}/minutes            0   0   0   0   0   0   0   0   0   0   0   0   1   {"text":"t"}
        POST   /api/meetings/{meeting}/move               2   3   3   3   3   4   3   4   4   4   4   4   1   {"startsAt":"2020-02-01T00:00:00Z","reason":"r"}
        POST   /api/meetings/{meeting}/amend              9   3   3   3   3   4   3   4   4   4   4   4   1   {"text":"t","attendees":[],"reason":"r"}
        POST   /api/tasks/{task}/confirm-receipt          3   3   3   3   3   4   3   4   4   4   4   4   1
        GET    /api/overdue/summary                       2   2   2   2   2   2   2   4   4   4   2   2   1
        GET    /api/inspections                           2   2   2   2   2   2   2   2   2   2   2   2   1
        POST   /api/inspections                           0   0   0   0   0   0   0   0   0   0   0   0   1
        POST   /api/inspections                           3   3   2   3   3   3   3   3   3   3   3   3   1   {"units":["health"],"kind":"single","reason":"r"}
        GET    /api/inspections/{inspection}              4   2   2   2   2   4   4   4   4   4   4   4   1
        POST   /api/inspections/{inspection}/issue-order  4   3   2   3   3   4   4   4   4   4   4   4   1   {"text":"t","answerBy":"2020-02-01T00:00:00Z"}
        POST   /api/inspections/{inspection}/explain      4   3   3   2   2   4   4   4   4   4   4   4   1   {"text":"t"}
        POST   /api/inspections/{inspection}/find         4   3   9   3   3   4   4   4   4   4   4   4   1   {"finding":"exempt","text":"t"}
        POST   /api/inspections/{inspection}/require-rectification
                                                          4   3   9   3   3   4   4   4   4   4   4   4   1   {"text":"t","dueAt":"2020-02-20T00:00:00Z"}
        POST   /api/inspections/{inspection}/recheck      4   3   9   3   3   4   4   4   4   4   4   4   1   {"passed":true,"text":"t"}
        POST   /api/inspections/{inspection}/propose      4   3   9   3   3   4   4   4   4   4   4   4   1   {"measure":"notice","text":"t"}
        POST   /api/inspections/{inspection}/decide-measure
                                                          4   9   3   3   3   4   4   4   4   4   4   4   1   {"approved":true,"opinion":"o"}
        POST   /api/inspections/{inspection}/close        4   3   9   3   3   4   4   4   4   4   4   4   1   {"text":"t"}
        GET    /api/inspections/{inspection}/dossier      4   2   2   2   2   4   4   4   4   4   4   4   1
        GET    /api/exports/orders/{inspection}.docx      4   2   2   2   2   4   4   4   4   4   4   4   1
        GET    /api/inspections/rounds                    2   2   2   2   2   2   2   2   2   2   2   2   1
        GET    /api/inspections/rounds/{round}            4   2   2   4   4   4   4   4   4   4   4   4   1
        POST   /api/inspections/rounds/{round}/team       4   3   2   4   4   4   4   4   4   4   4   4   1   {"team":["taiping.finance"]}
        GET    /api/audit/verify                          3   3   2   3   3   3   3   3   3   2   3   3   1
        POST   /api/audit/verify                          3   3   2   3   3   3   3   3   3   2   3   3   1
        POST   /api/audit/verify                          3   3   0   3   3   3   3   3   3   0   3   3   1   {"heads":[{"chain":"a/b","sequence":1,"hash":"x"}]}
        GET    /api/audit                                 3   3   2   3   3   3   3   3   3   2   3   3   1
        GET    /api/audit?jurisdiction=lanxi              3   3   4   3   3   3   3   3   3   4   3   3   1
        GET    /api/audit/heads                           3   3   2   3   3   3   3   3   3   2   3   3   1
        GET    /api/audit/heads?jurisdiction=lanxi        3   3   4   3   3   3   3   3   3   4   3   3   1
        GET    /api/audit/archive.zip?from=2020-01-01T00:00:00Z&to=2020-01-20T00:00:00Z
                                                          3   3   2   3   3   3   3   3   3   2   3   3   1
        GET    /api/audit/archive.zip?from=2020-01-01T00:00:00Z&to=2999-01-01T00:00:00Z
                                                          3   3   0   3   3   3   3   3   3   0   3   3   1
        GET    /api/statistics                            2   2   2   2   2   2   2   3   3   3   2   2   1
        GET    /api/statistics?jurisdiction=taiping       2   2   2   2   2   2   2   3   3   3   4   4   1
        GET    /api/exports/statistics.xlsx?jurisdiction=taiping
                                                          2   2   2   2   2   2   2   3   3   3   4   4   1
        GET    /api/exports/statistics.csv                2   2   2   2   2   2   2   3   3   3   2   2   1
        GET    /api/exports/ledger.xlsx                   2   2   2   2   2   2   2   3   3   3   2   2   1
        GET    /api/exports/ledger.csv?jurisdiction=taiping
                                                          2   2   2   2   2   2   2   3   3   3   4   4   1
        GET    /api/exports/matrix.xlsx?jurisdiction=taiping
                                                          2   2   2   2   2   2   2   4   4   4   4   4   1
        GET    /api/exports/closings/{task}.docx          9   9   9   9   9   4   9   4   4   4   4   4   1
        GET    /api/matrix?asOf=2020-01-20T09:00:00Z      2   2   2   2   2   2   2   4   4   4   2   2   1
        GET    /api/schedules                             2   2   2   3   2   3   2   2   3   3   2   3   1
        GET    /api/schedules?jurisdiction=taiping        2   2   2   3   2   3   2   2   3   3   4   4   1
        POST   /api/schedules/taiping.education.absence-checks/resume
                                                          9   3   3   3   3   3   3   4   4   4   4   4   1
        POST   /api/schedules/no-such-duty/pause          4   4   4   4   4   4   4   4   4   4   4   4   1
        POST   /api/schedules/no-such-duty/run-now        4   4   4   4   4   4   4   4   4   4   4   4   1
        GET    /api/jobs                                  2   2   2   3   2   3   2   2   3   3   2   3   1
        POST   /api/jobs/00000000-0000-0000-0000-000000000000/retry
                                                          4   4   4   3   4   3   4   4   3   3   4   3   1
        GET    /api/tasks/{task}/deliveries               2   2   2   2   2   4   2   4   4   4   4   4   1
        GET    /api/notifications                         2   2   2   2   2   2   2   2   2   2   2   2   1
        GET    /api/notifications/unread                  2   2   2   2   2   2   2   2   2   2   2   2   1
        POST   /api/notifications/00000000-0000-0000-0000-000000000000/read
                                                          4   4   4   4   4   4   4   4   4   4   4   4   1
        POST   /api/notifications/{message}/read          4   4   4   2   2   4   4   4   4   4   4   4   1
        POST   /api/notifications/read-all                2   2   2   2   2   2   2   2   2   2   2   2   1
        GET    /api/channels                              3   3   3   3   3   3   3   2   3   3   3   3   1
        POST   /api/channels                              0   0   0   0   0   0   0   0   0   0   0   0   1
        POST   /api/channels                              3   3   3   3   3   3   3   2   3   3   3   3   1   {"recipient":"office","kind":"wecom","target":"https://robot.example/send?key=k"}
        POST   /api/channels/00000000-0000-0000-0000-000000000000/test
                                                          3   3   3   3   3   3   3   4   3   3   3   3   1
        DELETE /api/channels/00000000-0000-0000-0000-000000000000
                                                          3   3   3   3   3   3   3   4   3   3   3   3   1
        GET    /api/calendar                              2   2   2   2   2   2   2   2   2   2   2   2   1
        POST   /api/calendar                              2   3   3   2   2   2   2   3   3   3   2   2   1
        DELETE /api/calendar                              2   2   2   2   2   2   2   2   2   2   2   2   1
        GET    /api/calendar/no-such-token.ics            4   4   4   4   4   4   4   4   4   4   4   4   4
        GET    /api/exercise/clock                        2   2   2   2   2   2   2   2   2   2   2   2   1
        POST   /api/exercise/advance                      9   9   3   3   3   3   3   9   3   3   9   3   1   {"to":"2019-01-01T00:00:00Z"}
        GET    /api/tasks                                 2   2   2   2   2   2   2   2   2   2   2   2   1
        GET    /api/tasks/counts                          2   2   2   2   2   2   2   2   2   2   2   2   1
        POST   /api/tasks                                 0   0   0   0   0   0   0   0   0   0   0   0   1
        POST   /api/tasks                                 2   3   3   3   3   3   3   3   3   3   4   4   1   {"jurisdiction":"taiping","title":"a","leadUnit":"justice","dueIn":"P1D"}
        POST   /api/tasks                                 2   2   3   3   3   3   3   3   3   3   4   4   1   {"jurisdiction":"taiping","title":"a","leadUnit":"justice","dueIn":"P1D","source":{"kind":"instruction"}}
        GET    /api/tasks/{task}                          2   2   2   2   2   4   2   4   4   4   4   4   1
        GET    /api/tasks/{task}?asOf=2020-01-23T09:00:00Z
                                                          2   2   2   2   2   4   2   4   4   4   4   4   1
        GET    /api/tasks/{task}/events                   2   2   2   2   2   4   2   4   4   4   4   4   1
        POST   /api/tasks/bulk                            2   2   2   2   2   2   2   2   2   2   2   2   1   {"action":"acknowledge","taskIds":["00000000-0000-0000-0000-000000000000"]}
        GET    /api/attachments/{attachment}              2   2   2   2   2   4   2   4   4   4   4   4   1
        POST   /api/attachments                           0   0   0   0   0   0   0   0   0   0   0   0   1
        GET    /api/forms/checklist                       2   2   2   2   2   2   2   2   2   2   2   2   1
        GET    /api/reports/daily                         2   2   2   2   2   2   2   3   3   3   2   2   1
        GET    /api/reports/daily?jurisdiction=taiping    2   2   2   2   2   2   2   3   3   3   4   4   1
        GET    /api/reports/daily/series                  2   2   2   2   2   2   2   3   3   3   2   2   1
        GET    /api/reports/daily/series?jurisdiction=taiping
                                                          2   2   2   2   2   2   2   3   3   3   4   4   1
        GET    /api/exports/daily.docx?jurisdiction=taiping
                                                          2   2   2   2   2   2   2   3   3   3   4   4   1
        POST   /api/reports/daily/urge                    2   3   3   3   3   3   3   3   3   3   2   3   1
        POST   /api/reports/daily/summary                 9   3   3   3   3   3   3   3   3   3   2   3   1
        GET    /api/tasks/{task}/reports                  2   2   2   2   2   4   2   4   4   4   4   4   1
        GET    /api/checklists                            2   2   2   2   2   2   2   4   4   4   2   2   1
        GET    /api/checklists?jurisdiction=taiping       2   2   2   2   2   2   2   4   4   4   4   4   1
        GET    /api/registers                             2   2   2   2   2   2   2   4   4   4   2   2   1
        GET    /api/registers?jurisdiction=taiping        2   2   2   2   2   2   2   4   4   4   4   4   1
        GET    /api/registers/taiping.civil-affairs.relief-stocks/civil-affairs/lines
                                                          2   2   2   4   2   4   2   4   4   4   4   4   1
        GET    /api/registers/taiping.civil-affairs.relief-stocks/civil-affairs/lines/A1
                                                          4   4   4   4   4   4   4   4   4   4   4   4   1
        GET    /api/registers/taiping.civil-affairs.relief-stocks/civil-affairs/template.csv
                                                          2   2   2   4   2   4   2   4   4   4   4   4   1
        GET    /api/registers/taiping.civil-affairs.relief-stocks/civil-affairs/export.csv
                                                          2   2   2   4   2   4   2   4   4   4   4   4   1
        POST   /api/registers/taiping.civil-affairs.relief-stocks/civil-affairs/lines
                                                          0   0   0   0   0   0   0   0   0   0   0   0   1
        POST   /api/registers/taiping.civil-affairs.relief-stocks/civil-affairs/lines
                                                          3   3   3   4   3   4   3   4   4   4   4   4   1   {"lines":[{"code":"A1"}]}
        PUT    /api/registers/taiping.civil-affairs.relief-stocks/civil-affairs/lines/A1
                                                          3   3   3   4   3   4   3   4   4   4   4   4   1   {"values":{"note":"n"}}
        POST   /api/registers/taiping.civil-affairs.relief-stocks/civil-affairs/lines/A1/strike-off
                                                          3   3   3   4   3   4   3   4   4   4   4   4   1   {"reason":"r"}
        POST   /api/registers/taiping.civil-affairs.relief-stocks/civil-affairs/results
                                                          3   3   3   4   3   4   3   4   4   4   4   4   1   {"date":"2020-01-23","results":[{"code":"A1","result":"well"}]}
        POST   /api/registers/taiping.civil-affairs.relief-stocks/civil-affairs/import
                                                          3   3   3   4   3   4   3   4   4   4   4   4   1
        GET    /api/watch                                 2   2   2   2   2   2   2   4   4   4   2   2   1
        GET    /api/watch?jurisdiction=taiping            2   2   2   2   2   2   2   4   4   4   4   4   1
        GET    /api/watch/now                             2   2   2   2   2   2   2   4   4   4   2   2   1
        GET    /api/watch/gaps                            2   2   2   2   2   2   2   4   4   4   2   2   1
        GET    /api/watch/template.csv                    2   2   2   2   2   2   2   4   4   4   2   2   1
        POST   /api/watch/shifts                          0   0   0   0   0   0   0   0   0   0   0   0   1
        POST   /api/watch/shifts                          3   3   3   2   0   3   3   4   4   4   0   0   1   {"unit":"区教育局","shifts":[{"name":"白班","startsAt":"2020-03-01T00:00:00Z","endsAt":"2020-03-01T08:00:00Z","post":"值班员"}]}
        POST   /api/watch/import?unit=education           3   3   3   0   0   3   3   4   4   4   0   0   1
        POST   /api/watch/shifts/00000000-0000-0000-0000-000000000000/hand-over
                                                          4   4   4   4   4   4   4   4   4   4   4   4   1   {"note":"n"}
        POST   /api/watch/shifts/00000000-0000-0000-0000-000000000000/cancel
                                                          4   4   4   4   4   4   4   4   4   4   4   4   1   {"reason":"r"}
        GET    /api/overdue                               2   2   2   2   2   2   2   2   2   2   2   2   1
        POST   /api/tasks/{task}/issue                    9   3   3   3   3   4   3   4   4   4   4   4   1
        POST   /api/tasks/{task}/acknowledge              3   3   3   2   2   4   3   4   4   4   4   4   1
        POST   /api/tasks/{task}/decline                  3   3   3   2   2   4   3   4   4   4   4   4   1   {"reason":"r"}
        POST   /api/tasks/{task}/reassign                 2   3   3   3   3   4   3   4   4   4   4   4   1   {"leadUnit":"justice","reason":"r"}
        POST   /api/tasks/{task}/refuse-return            9   3   3   3   3   4   3   4   4   4   4   4   1   {"reason":"r"}
        POST   /api/tasks/{task}/progress                 3   3   3   9   9   4   3   4   4   4   4   4   1   {"percent":1,"text":"t"}
        POST   /api/tasks/{task}/hand-over                3   3   3   9   9   4   3   4   4   4   4   4   1   {"toUserName":"taiping.education","reason":"r"}
        POST   /api/tasks/{task}/pass-down                3   3   3   9   9   4   3   4   4   4   4   4   1
        POST   /api/tasks/{task}/confirm                  3   3   3   3   3   4   3   4   4   4   4   4   1
        POST   /api/tasks/{task}/submit                   3   3   3   9   9   4   3   4   4   4   4   4   1   {"text":"t"}
        POST   /api/tasks/{task}/sign                     3   3   3   3   9   4   3   4   4   4   4   4   1
        POST   /api/tasks/{task}/refuse-signature         3   3   3   3   9   4   3   4   4   4   4   4   1   {"reason":"r"}
        POST   /api/tasks/{task}/approve                  9   3   3   3   3   4   3   4   4   4   4   4   1
        POST   /api/tasks/{task}/return                   9   3   3   3   3   4   3   4   4   4   4   4   1   {"reason":"r"}
        POST   /api/tasks/{task}/suspend                  2   3   3   3   3   4   3   4   4   4   4   4   1   {"reason":"r"}
        POST   /api/tasks/{task}/resume                   9   3   3   3   3   4   3   4   4   4   4   4   1
        POST   /api/tasks/{task}/request-extension        3   3   3   2   2   4   3   4   4   4   4   4   1   {"reason":"r","progress":"p","dueAt":"2020-02-20T00:00:00Z"}
        POST   /api/tasks/{task}/decide-extension         9   3   3   3   3   4   3   4   4   4   4   4   1   {"granted":true,"opinion":"o"}
        POST   /api/tasks/{task}/urge                     2   3   3   3   3   4   3   4   4   4   4   4   1
        POST   /api/tasks/{task}/mark-not-applicable      2   3   3   3   3   4   3   4   4   4   4   4   1   {"reason":"r"}
        POST   /api/tasks/{task}/terminate                2   2   3   3   3   4   3   4   4   4   4   4   1   {"reason":"r"}
        POST   /api/tasks/{task}/correct                  3   3   3   9   3   4   3   4   4   4   4   4   1   {"form":{},"reason":"r"}
        POST   /api/tasks/{task}/reopen                   9   3   3   3   3   4   3   4   4   4   4   4   1   {"reason":"r","dueAt":"2020-02-20T00:00:00Z"}
        """;

    private static readonly IReadOnlyList<Row> Rows = Read();

    public static TheoryData<string> Endpoints => [.. Rows.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Lets_every_role_do_what_the_table_says_and_no_more(string endpoint)
    {
        var row = Rows.Single(row => row.Name == endpoint);
        var wrong = new List<string>();
        foreach (var (user, expected) in Users.Zip(row.Expected))
        {
            var before = await (await Unchanged.Server).Heads();
            var answer = await Call(row, user);
            if (!Fits(answer.Status, expected))
            {
                wrong.Add($"{user}: {answer.Status} {answer.Code} instead of {expected}");
            }

            var changed = before != await (await Unchanged.Server).Heads();
            if (answer.Status >= 400 && changed && !row.Path.Contains('{', StringComparison.Ordinal))
            {
                wrong.Add($"{user}: was refused and changed something");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task The_table_names_every_endpoint_there_is()
    {
        var routes = (await Unchanged.Server).Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.RoutePattern.RawText?.StartsWith("/api", StringComparison.Ordinal) == true)
            .SelectMany(route => route.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods.Select(method => (method, Pattern: route.RoutePattern.RawText!.TrimEnd('/'))))
            .Where(route => !(route.Pattern.StartsWith("/api/tokens", StringComparison.Ordinal))).ToList();
        Assert.NotEmpty(routes);

        var missing = routes.Where(route => !Rows.Any(row => row.Method == route.method && Matches(route.Pattern, row.Path))).ToList();
        Assert.True(missing.Count == 0, "not in the table: " + string.Join(", ", missing));
    }

    /// <summary>Each call on a task of its own, so that no role sees what another one did.</summary>
    private static async Task<Answer> Call(Row row, string user)
    {
        var api = await Unchanged.Server;
        var path = row.Path;
        if (path.Contains("{task}", StringComparison.Ordinal))
        {
            path = path.Replace("{task}", await api.Task("education"), StringComparison.Ordinal);
        }
        else if (path.Contains("{event}", StringComparison.Ordinal))
        {
            path = path.Replace("{event}", (await api.As("taiping.education").Post("/api/events", new { kind = "suspected-case", summary = "s" })).Ok(201).Text("id"), StringComparison.Ordinal);
        }
        else if (path.Contains("{instruction}", StringComparison.Ordinal))
        {
            path = path.Replace("{instruction}", await Instruction(api), StringComparison.Ordinal);
        }
        else if (path.Contains("{meeting}", StringComparison.Ordinal))
        {
            path = path.Replace("{meeting}", await Meeting(api), StringComparison.Ordinal);
        }
        else if (path.Contains("{message}", StringComparison.Ordinal))
        {
            path = path.Replace("{message}", await Message(api), StringComparison.Ordinal);
        }
        else if (path.Contains("{inspection}", StringComparison.Ordinal))
        {
            path = path.Replace("{inspection}", await Inspection(api), StringComparison.Ordinal);
        }
        else if (path.Contains("{round}", StringComparison.Ordinal))
        {
            var opened = (await api.As("taiping.inspector").Post("/api/inspections", new { units = new[] { "education" }, kind = "round", reason = "督导" })).Ok(201);
            path = path.Replace("{round}", opened.Text("roundId"), StringComparison.Ordinal);
        }
        else if (path.Contains("{attachment}", StringComparison.Ordinal))
        {
            path = path.Replace("{attachment}", await Attachment(api), StringComparison.Ordinal);
        }

        var caller = user switch { "-" => api.Anonymous, _ when user.StartsWith("lanxi", StringComparison.Ordinal) => api.As(user), _ => api.As("taiping." + user) };
        return row.Method switch
        {
            "GET" when path.Split('?')[0] == "/api/stream" => await caller.Open(path),
            "GET" => await caller.Get(path),
            "POST" when path == "/api/attachments" => await caller.Upload([], "empty.txt"),
            "POST" when path.Split('?')[0].EndsWith("/import", StringComparison.Ordinal) => await caller.Upload([], "empty.csv", path: path),
            _ => await caller.Send(new HttpMethod(row.Method), path, new StringContent(row.Body, System.Text.Encoding.UTF8, "application/json")),
        };
    }

    /// <summary>To 区教育局, about a task of its own.</summary>
    private static async Task<string> Message(RunningApi api)
    {
        await api.Task("education");
        return (await api.Read(db => db.Messages.Where(message => message.Jurisdiction == "taiping" && message.Address == "unit:education")
            .OrderByDescending(message => message.VisibleFrom).FirstAsync())).Id.ToString();
    }

    private static async Task<string> Attachment(RunningApi api)
    {
        var (liaison, id) = (api.As("taiping.education"), await api.Task("education"));
        var file = (await liaison.Upload("清单"u8.ToArray(), "清单.txt")).Ok(201).Text("id");
        await liaison.Do(id, "acknowledge");
        await liaison.Do(id, "progress", new { percent = 10, text = "附清单", attachmentIds = new[] { file } });
        return file;
    }

    /// <summary>Of the leader, with a task of 区教育局.</summary>
    private static async Task<string> Instruction(RunningApi api)
    {
        var id = (await api.As("taiping.leader").Post("/api/instructions", new { text = "摸清底数" })).Ok(201).Text("id");
        (await api.As("taiping.office").Post($"/api/instructions/{id}/tasks", new { tasks = new[] { new { title = "摸底", leadUnit = "education", dueIn = "P1D" } } })).Ok();
        return id;
    }

    /// <summary>Called, with 区教育局 alone invited.</summary>
    private static async Task<string> Meeting(RunningApi api)
    {
        var id = (await api.As("taiping.office").Post("/api/meetings", new { title = "会商", agenda = "研判" })).Ok(201).Text("id");
        (await api.As("taiping.office").Post($"/api/meetings/{id}/call", new { startsAt = RunningApi.Morning.AddDays(1), place = "会议室", invitees = new[] { "education" } })).Ok();
        return id;
    }

    /// <summary>Of a task of 区教育局, which has been ordered to explain itself.</summary>
    private static async Task<string> Inspection(RunningApi api)
    {
        var (inspector, task) = (api.As("taiping.inspector"), await api.Task("education"));
        var id = (await inspector.Post("/api/inspections", new { taskIds = new[] { task }, kind = "single", reason = "逾期" })).Ok(201).Text("id");
        (await inspector.Post($"/api/inspections/{id}/issue-order", new { text = "请说明", answerBy = RunningApi.Morning.AddDays(9) })).Ok();
        return id;
    }

    private static bool Fits(int status, char expected) => expected switch
    {
        '2' => status is 200 or 201,
        '0' => status == 400,
        '1' => status == 401,
        '9' => status == 409,
        _ => status == 400 + (expected - '0'),
    };

    private static bool Matches(string pattern, string path)
    {
        var (parts, given) = (pattern.Split('/'), path.Split('?')[0].Split('/'));
        return parts.Length == given.Length && parts.Zip(given).All(pair => pair.First == pair.Second || pair.First.StartsWith('{'));
    }

    private static List<Row> Read()
    {
        var rows = new List<Row>();
        var lines = Table.Split('\n').Skip(1).Select(line => line.TrimEnd()).ToList();
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i].Split(' ', StringSplitOptions.RemoveEmptyEntries).Length == 2 ? lines[i] + " " + lines[++i].Trim() : lines[i];
            var parts = line.Split(' ', Users.Length + 3, StringSplitOptions.RemoveEmptyEntries);
            var body = parts.Length > Users.Length + 2 ? parts[^1].Trim() : "{}";
            rows.Add(new Row($"{parts[0]} {parts[1]}{(body == "{}" ? "" : " " + body)}", parts[0], parts[1], [.. parts.Skip(2).Take(Users.Length).Select(part => part[0])], body));
        }

        return rows;
    }

    private sealed record Row(string Name, string Method, string Path, char[] Expected, string Body);
}
