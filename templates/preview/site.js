/* What the page asks of the server, and how it hears of news. */

export const state = () => get("state.json");
export const get = async (path) => {
  const answer = await fetch(path, { cache: "no-store" });
  if (!answer.ok) throw new Error((await failureOf(answer)) || answer.statusText);
  return answer.json();
};

export async function send(path, value) {
  let answer;
  try {
    answer = await fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(value) });
  } catch {
    return { failure: "gone" };
  }
  return answer.ok ? { failure: "" } : { failure: (await failureOf(answer)) || `${answer.status}` };
}

async function failureOf(answer) {
  try {
    return (await answer.json()).failure || "";
  } catch {
    return "";
  }
}

/* Calls `changed` whenever what is shown has changed, and `lost` where nobody tells any more. */
export function listen(changed, lost) {
  const source = new EventSource("events");
  source.onmessage = changed;
  source.onerror = lost;
}

export function make(name, properties = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key === "data") Object.assign(node.dataset, value);
    else if (key.includes("-") || key === "role" || key === "for") node.setAttribute(key, value);
    else node[key] = value;
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}
