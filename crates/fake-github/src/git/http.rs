//! Clone, fetch and push, by `git http-backend`.

use hyper::{Method, StatusCode};

use crate::{
    answer::Answer,
    git::{Git, clean, fed},
    request::Request,
};

/// What git asks for below a repository.
const SERVICES: &[&str] =
    &["/info/refs", "/git-upload-pack", "/git-receive-pack", "/HEAD", "/objects/"];

/// Owner, name and the rest, if git asks.
pub(crate) fn split(path: &str) -> Option<(&str, &str, &str)> {
    let (owner, rest) = path.strip_prefix('/')?.split_once('/')?;
    let end = rest.find('/')?;
    let (name, service) = rest.split_at_checked(end)?;
    let is_service = SERVICES.iter().any(|it| service.starts_with(it));
    is_service.then(|| (owner, name.strip_suffix(".git").unwrap_or(name), service))
}

/// Is it the writing half of git's protocol?
pub(crate) fn is_push(request: &Request) -> bool {
    let service = "git-receive-pack";
    request.path.ends_with(service) || request.query.get("service") == Some(service)
}

impl Git {
    /// Lets git answer a request of its own protocol.
    pub(crate) fn serve(&self, request: &Request, service: &str) -> Answer {
        let mut command = clean("git");
        command.arg("http-backend");
        command.env("GIT_PROJECT_ROOT", self.folder()).env("GIT_HTTP_EXPORT_ALL", "1");
        command.env("PATH_INFO", service).env("QUERY_STRING", &request.query.text);
        command.env("REQUEST_METHOD", request.method.as_str());
        command.env("REMOTE_ADDR", "127.0.0.1");
        if request.method == Method::POST {
            command.env("CONTENT_LENGTH", request.body.len().to_string());
        }
        for (header, variable) in [
            ("content-type", "CONTENT_TYPE"),
            ("content-encoding", "HTTP_CONTENT_ENCODING"),
            ("git-protocol", "GIT_PROTOCOL"),
        ] {
            if let Some(value) = request.header(header) {
                command.env(variable, value);
            }
        }
        match fed(&mut command, &request.body) {
            Ok(output) => answer(&output.stdout).unwrap_or_else(broken),
            Err(_) => broken(),
        }
    }
}

fn broken() -> Answer {
    Answer::new(StatusCode::INTERNAL_SERVER_ERROR)
}

/// What a CGI program printed: headers, an empty line, the body.
fn answer(output: &[u8]) -> Option<Answer> {
    let end = output.windows(4).position(|it| it == b"\r\n\r\n")?;
    let (head, body) = (output.get(..end)?, output.get(end + 4..)?);
    let mut answer = Answer::new(StatusCode::OK);
    for line in String::from_utf8_lossy(head).lines() {
        let (name, value) = line.split_once(':')?;
        let value = value.trim();
        if name.eq_ignore_ascii_case("status") {
            let code = value.split(' ').next()?.parse().ok()?;
            answer.status = StatusCode::from_u16(code).ok()?;
        } else {
            answer = answer.with(name, value);
        }
    }
    answer.body = body.to_vec();
    Some(answer)
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn paths_of_git_name_a_repository() {
        let check = |path, expected| assert_eq!(split(path), expected, "{path}");
        check("/acme/shop.git/info/refs", Some(("acme", "shop", "/info/refs")));
        check("/acme/shop/git-upload-pack", Some(("acme", "shop", "/git-upload-pack")));
        check("/repos/acme/shop/git/refs", None);
        check("/user", None);
    }
}
