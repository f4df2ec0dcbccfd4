namespace Rubato.Control;

/// <summary>A value that is checked when it is read back.</summary>
internal interface ISavedValue
{
    /// <summary>What is wrong with it, to follow the words "the saved"; null if nothing is.</summary>
    string? Finding();
}
