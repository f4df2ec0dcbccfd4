namespace Rubato.Schedules.Text;

internal static class SchedulePrinter
{
    internal static string Print(Schedule schedule) => schedule.GetType().Name;
}
