using System.Text.Json;
using System.Text.Json.Serialization;
using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>States of domains as words: live, not a number that would mean another one when a state is added.</summary>
internal sealed class DomainStateJson() : JsonStringEnumConverter<DomainState>(JsonNamingPolicy.CamelCase, allowIntegerValues: false);
